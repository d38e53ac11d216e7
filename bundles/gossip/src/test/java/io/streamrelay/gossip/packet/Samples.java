// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import io.streamrelay.api.Id;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Ids, packets and bodies that tests are made of. */
final class Samples {

    static final Id REQUESTER = id(0xa1);
    static final Id RESPONDER = id(0xb2);

    private Samples() {}

    /** 32 times the same byte. */
    static Id id(int b) {
        byte[] bytes = new byte[Id.BYTES];
        Arrays.fill(bytes, (byte) b);
        return Id.of(bytes);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What a packet with this JSON for its message says. */
    static Body body(PacketType type, String json) {
        return Body.of(Packet.builder(type)
                .message(json.getBytes(StandardCharsets.UTF_8))
                .build());
    }

    /** As {@link #body}, for the head of a fragmented message. */
    static Body head(String json) {
        return Body.of(Packet.builder(PacketType.PUBLISH)
                .index(0)
                .message(json.getBytes(StandardCharsets.UTF_8))
                .build());
    }

    /** A packet whose fields all have their full length. */
    static Packet largest() {
        Packet.Builder builder = Packet.builder(PacketType.STREAM);
        for (Field field : Field.values()) {
            byte[] content = new byte[field.maxBytes()];
            Arrays.fill(content, (byte) (field.ordinal() + 1));
            builder.set(field, content);
        }
        return builder.build();
    }
}
