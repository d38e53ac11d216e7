// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.nio.charset.StandardCharsets;

/**
 * An answer to a {@link Query}. Nobody vouches for it: it is neither sealed nor signed. Only what answers a question for
 * a packet is known to be that packet's message.
 *
 * @param packetId the id of its (first) packet
 * @param body the answer; JSON may have been written anew on its way through JavaScript peers
 */
public record Answer(Id packetId, byte[] body) {

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
