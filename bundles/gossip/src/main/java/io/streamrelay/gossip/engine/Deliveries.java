// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import java.util.List;
import java.util.Set;

/** Hands whole messages of this node's subclusters to its driver, each once. */
final class Deliveries {

    private static final int SIGNATURE_BYTES = 64;

    private final Turn turn;
    private final PacketCache cache;
    private final Fragments fragments;
    private final Set<Id> subscriptions;

    Deliveries(Turn turn, PacketCache cache, Fragments fragments, Set<Id> subscriptions) {
        this.turn = turn;
        this.cache = cache;
        this.fragments = fragments;
        this.subscriptions = subscriptions;
    }

    /** A packet is new; it may be a message, or the last part of one. */
    void packetHeld(CachedPacket packet) {
        if (!packet.delivered() && subscriptions.contains(packet.subcluster())) {
            deliver(packet, false);
        }
    }

    /** What was carried for others until now is for this node, too. */
    void subscribed(Id subcluster) {
        for (CachedPacket packet : cache.all()) {
            if (!packet.delivered() && packet.subcluster().equals(subcluster)) {
                deliver(packet, true);
            }
        }
    }

    /** The driver had no room for what is owed to it, and has now. */
    void again(Id subcluster) {
        for (CachedPacket packet : cache.all()) {
            boolean isOwed = packet.delivered() && !packet.taken() && !packet.own();
            if (isOwed && packet.subcluster().equals(subcluster) && subscriptions.contains(subcluster)) {
                handAgain(packet);
            }
        }
    }

    private void handAgain(CachedPacket packet) {
        if (!packet.isFragmented()) {
            turn.act(new Action.Deliver(incoming(packet, packet.packet().copy(Field.MESSAGE), true)));
            return;
        }
        byte[] whole = packet.id().equals(packet.headId()) ? fragments.compose(packet.id()) : null;
        if (whole != null) {
            turn.act(new Action.Deliver(incoming(packet, whole, true)));
        }
    }

    /** The driver has got hold of a message. */
    void taken(Id message) {
        CachedPacket first = cache.get(message);
        // Of a large one the head may have had to go for the part that came last.
        List<CachedPacket> parts = first == null || first.isFragmented() ? fragments.parts(message) : List.of(first);
        parts.forEach(cache::taken);
    }

    private void deliver(CachedPacket packet, boolean waited) {
        if (!packet.isFragmented()) {
            cache.delivered(packet);
            turn.act(new Action.Deliver(incoming(packet, packet.packet().copy(Field.MESSAGE), waited)));
            return;
        }
        CachedPacket head = fragments.part(packet.headId(), 0);
        if (head == null || head.delivered()) {
            return;
        }
        byte[] whole = fragments.compose(head.id());
        if (whole != null) {
            fragments.parts(head.id()).forEach(cache::delivered);
            turn.act(new Action.Deliver(incoming(head, whole, waited)));
        }
    }

    private Action.Incoming incoming(CachedPacket held, byte[] sealed, boolean waited) {
        Packet packet = held.packet();
        return new Action.Incoming(
                packet.id(Field.SUBCLUSTER),
                packet.id(Field.USR1),
                packet.id(Field.USR2),
                signature(packet),
                packet.length(Field.USR4) > 1 ? packet.copy(Field.USR4) : null,
                sealed,
                packet.packetId(),
                null,
                held.ageMs(turn.nowMs()),
                held.hops(),
                waited);
    }

    /** What the driver is told of a stream. */
    static Action.Incoming stream(Packet packet, byte[] sealed) {
        return new Action.Incoming(
                packet.id(Field.SUBCLUSTER),
                packet.id(Field.USR1),
                packet.id(Field.USR2),
                signature(packet),
                null,
                sealed,
                packet.packetId(),
                packet.id(Field.USR4),
                0,
                packet.hops());
    }

    private static byte[] signature(Packet packet) {
        return packet.length(Field.SIG) == SIGNATURE_BYTES ? packet.copy(Field.SIG) : null;
    }
}
