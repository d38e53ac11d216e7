// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.config;

/**
 * Reveals secrets that a container keeps enciphered and hands over as they are, as Eclipse Kura does with settings of
 * the type Password. A service where there is such a container; nobody needs it elsewhere.
 */
public interface SecretKeeper {

    /** The framework property, or system property, that a container has whose secrets are enciphered: Kura's folder. */
    String CONTAINER_PROPERTY = "kura.home";

    /**
     * Reveals one secret.
     *
     * @param kept as the container hands it over
     * @return the secret; {@code kept} itself when it is not enciphered
     */
    String reveal(String kept);
}
