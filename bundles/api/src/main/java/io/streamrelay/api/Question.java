// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.nio.charset.StandardCharsets;

/**
 * Another peer's question, as it arrived; who asks is not known.
 *
 * @param body at most 1,024 bytes, JSON or not; JSON may have been written anew on its way
 */
public record Question(byte[] body) {

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
