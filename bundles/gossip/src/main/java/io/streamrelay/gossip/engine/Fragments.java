// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Head;
import io.streamrelay.gossip.packet.Packet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which held packets are parts of which fragmented message. */
final class Fragments {

    private final Map<Id, Map<Integer, CachedPacket>> byHead = new HashMap<>();

    /** How many fragments the largest message may have. */
    static int indexesMax(EngineConfig config) {
        return (config.messageBytesMax() + Head.FRAGMENT_BYTES - 1) / Head.FRAGMENT_BYTES;
    }

    void add(CachedPacket packet) {
        if (packet.isFragmented() && packet.headId() != null) {
            byHead.computeIfAbsent(packet.headId(), head -> new HashMap<>())
                    .putIfAbsent(packet.packet().index(), packet);
        }
    }

    void remove(CachedPacket packet) {
        if (packet.isFragmented() && packet.headId() != null) {
            byHead.computeIfPresent(packet.headId(), (head, parts) -> {
                parts.remove(packet.packet().index(), packet);
                return parts.isEmpty() ? null : parts;
            });
        }
    }

    /** The head (index 0) or fragment (1 …) of a message, or null while it is not held. */
    CachedPacket part(Id headId, int index) {
        Map<Integer, CachedPacket> parts = headId == null ? null : byHead.get(headId);
        return parts == null ? null : parts.get(index);
    }

    /** Whether all of a message is held but this packet. */
    boolean isLastOf(Packet packet) {
        CachedPacket head = packet.index() > 0 ? part(packet.id(Field.PREVIOUS), 0) : null;
        return head != null
                && Body.of(head.packet()) instanceof Head body
                && byHead.get(head.id()).size() == body.indexes();
    }

    /** What is held of a message, its head first. */
    List<CachedPacket> parts(Id headId) {
        return byHead.getOrDefault(headId, Map.of()).values().stream()
                .sorted(Comparator.comparingInt(part -> part.packet().index()))
                .toList();
    }

    /**
     * The sealed message of a head, whole, or null while a fragment is missing. Exactly the fragments 1 to n that the
     * head names are used, and they must have its size (protocol-v6 D10, D46).
     */
    byte[] compose(Id headId) {
        Map<Integer, CachedPacket> parts = byHead.get(headId);
        CachedPacket head = parts == null ? null : parts.get(0);
        if (head == null || !(Body.of(head.packet()) instanceof Head body) || parts.size() <= body.indexes()) {
            return null;
        }
        long size = 0;
        for (int index = 1; index <= body.indexes(); index++) {
            CachedPacket part = parts.get(index);
            if (part == null) {
                return null;
            }
            size += part.packet().length(Field.MESSAGE);
        }
        return size == body.size() ? join(parts, body.indexes(), (int) size) : null;
    }

    private static byte[] join(Map<Integer, CachedPacket> parts, int indexes, int size) {
        byte[] whole = new byte[size];
        int at = 0;
        for (int index = 1; index <= indexes; index++) {
            var packet = parts.get(index).packet();
            int length = packet.length(Field.MESSAGE);
            System.arraycopy(packet.bytes(), packet.offset(Field.MESSAGE), whole, at, length);
            at += length;
        }
        return whole;
    }
}
