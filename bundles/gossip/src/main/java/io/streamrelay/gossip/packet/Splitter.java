// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import io.streamrelay.api.Id;
import java.util.ArrayList;
import java.util.List;

/** Puts a message into packets: one when it fits, else a head and fragments (protocol-v6 §1.5). */
public final class Splitter {

    /** Marks the last fragment: a field that is not set. */
    private static final byte[] NO_NEXT = {0};

    private Splitter() {}

    /**
     * Splits a message.
     *
     * @param header what all its packets share: type, clock, hops, ttl and fields; index, packet id, next id and
     *     message are set here, and the builder is used up
     * @param message the sealed message; not copied but into the packets
     * @param ts the wall clock for the head, milliseconds since 1970
     * @return the packets in the order in which they are to be sent, the head first
     */
    public static List<Packet> split(Packet.Builder header, byte[] message, long ts) {
        return split(header, message, ts, "{}");
    }

    /**
     * Splits a message whose head carries something of the sender's. A head's id is the digest of its body alone:
     * without anything that differs, two messages of the same size and time would have the same head.
     *
     * @param meta an object, as JSON text in ASCII
     */
    public static List<Packet> split(Packet.Builder header, byte[] message, long ts, String meta) {
        if (isSingle(message)) {
            Id id = PacketIds.ofMessage(message, 0, message.length);
            return List.of(
                    header.index(-1).set(Field.PACKET, id).message(message).build());
        }
        return fragment(header, message, Head.of(message.length, ts, meta));
    }

    /** Whether a message fits one packet. */
    public static boolean isSingle(byte[] message) {
        return message.length <= Field.MESSAGE.maxBytes();
    }

    private static List<Packet> fragment(Packet.Builder header, byte[] message, Head head) {
        byte[] headJson = head.toJson();
        List<Id> ids = ids(message, head, headJson);
        List<Packet> packets = new ArrayList<>(ids.size());
        packets.add(header.index(0)
                .set(Field.PACKET, ids.get(0))
                .set(Field.NEXT, ids.get(1))
                .message(headJson)
                .build());
        header.set(Field.PREVIOUS, ids.get(0));
        for (int index = 1; index <= head.indexes(); index++) {
            header.index(index).set(Field.PACKET, ids.get(index));
            if (index < head.indexes()) {
                header.set(Field.NEXT, ids.get(index + 1));
            } else {
                header.set(Field.NEXT, NO_NEXT);
            }
            int offset = offset(index);
            packets.add(header.message(message, offset, length(message, offset)).build());
        }
        return packets;
    }

    private static List<Id> ids(byte[] message, Head head, byte[] headJson) {
        List<Id> ids = new ArrayList<>(head.indexes() + 1);
        ids.add(PacketIds.ofMessage(headJson, 0, headJson.length));
        for (int index = 1; index <= head.indexes(); index++) {
            int offset = offset(index);
            ids.add(PacketIds.ofFragment(ids.get(index - 1), message, offset, length(message, offset)));
        }
        return ids;
    }

    private static int offset(int index) {
        return (index - 1) * Head.FRAGMENT_BYTES;
    }

    private static int length(byte[] message, int offset) {
        return Math.min(Head.FRAGMENT_BYTES, message.length - offset);
    }
}
