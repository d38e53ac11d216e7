// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.config;

/** A configuration value that cannot be used; the message names the key, the value and what is allowed. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConfigurationException(String key, Object value, String allowed) {
        super(key + ": '" + value + "' is not allowed; " + allowed);
    }

    /** For a secret value, which is not repeated. */
    public ConfigurationException(String key, String message) {
        super(key + ": " + message);
    }
}
