// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Refusal;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Splitter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Turns sealed messages into packets, has them committed, and only then lets them go. */
final class Publisher {

    private record Pending(List<Packet> packets, int bytes, int messages, long lifetimeMs, long sinceMs) {}

    private final Turn turn;
    private final PacketCache cache;
    private final Admission admission;
    private final Map<Long, Pending> pending = new HashMap<>();
    private final long origin;
    private long pendingBytes;

    Publisher(Turn turn, PacketCache cache, Admission admission) {
        this.turn = turn;
        this.cache = cache;
        this.admission = admission;
        this.origin = turn.random().nextLong();
    }

    void publish(long token, Event.Outgoing message) {
        Refusal refusal = objection(message);
        if (refusal != null) {
            turn.act(new Action.Refused(token, refusal, explain(refusal, message)));
            return;
        }
        long lifetimeMs = lifetimeMs(message);
        Packet.Builder header = header(PacketType.PUBLISH, turn, message)
                .set(Field.USR3, new AgeStamp(0, false, 0, lifetimeMs, origin).toBytes());
        if (message.extension() != null) {
            header.set(Field.USR4, message.extension());
        }
        List<Packet> packets = split(header, turn, message);
        pending.put(token, new Pending(packets, message.sealed().length, message.messages(), lifetimeMs, turn.nowMs()));
        pendingBytes += message.sealed().length;
        List<StoreChange> changes = new ArrayList<>(packets.size());
        for (Packet packet : packets) {
            changes.add(
                    new StoreChange.PutPacket(StoredPacket.fresh(packet.packetId(), packet.bytes(), true, 0, lifetimeMs)
                            .holding(begunIn(packet, message.messages()))));
        }
        changes.addAll(message.notes());
        turn.act(new Action.Persist(token, changes));
    }

    private Refusal objection(Event.Outgoing message) {
        if (message.sealed().length > messageBytesMax()) {
            return Refusal.TOO_LARGE;
        }
        if (pending.size() >= Limits.PUBLICATIONS_MAX) {
            return Refusal.BUSY;
        }
        return backlogBytes() + message.sealed().length > turn.config().backlogBytesMax() ? Refusal.BACKLOG_FULL : null;
    }

    /** What would not fit in an empty backlog never will: it is too large, and not only for now. */
    private long messageBytesMax() {
        return Math.min(turn.config().messageBytesMax(), turn.config().backlogBytesMax());
    }

    private long backlogBytes() {
        return cache.waitingBytes() + pendingBytes;
    }

    private String explain(Refusal refusal, Event.Outgoing message) {
        return switch (refusal) {
            case TOO_LARGE ->
                "the sealed message has " + message.sealed().length + " bytes; " + messageBytesMax() + " are allowed";
            case BACKLOG_FULL ->
                backlogBytes() + " bytes wait to be passed on; " + turn.config().backlogBytesMax() + " may";
            default -> pending.size() + " messages wait to be committed";
        };
    }

    void committed(long token) {
        Pending ready = settle(token);
        if (ready == null) {
            return;
        }
        for (Packet packet : ready.packets()) {
            int messages = begunIn(packet, ready.messages());
            admission.hold(CachedPacket.own(packet, messages, ready.sinceMs(), ready.lifetimeMs()), null);
        }
        turn.act(new Action.Accepted(
                token, ready.packets().get(0).packetId(), ready.packets().size()));
    }

    /** Of a message in fragments the first one counts for all. */
    private static int begunIn(Packet packet, int messages) {
        return packet.index() > 0 ? 1 : messages;
    }

    void commitFailed(Event.CommitFailed failed) {
        if (settle(failed.token()) != null) {
            Refusal reason = failed.nothingWritten() ? Refusal.STORE_FULL : Refusal.STORE_FAILED;
            turn.act(new Action.Refused(failed.token(), reason, failed.detail()));
        }
    }

    private Pending settle(long token) {
        Pending settled = pending.remove(token);
        pendingBytes -= settled == null ? 0 : settled.bytes();
        return settled;
    }

    static long lifetimeMs(Event.Outgoing message) {
        return Math.min(message.lifetimeMs(), Timing.LIFETIME_MAX_MS);
    }

    /** What the packets of a message have in common, with hops 0: they leave with 1. */
    static Packet.Builder header(PacketType type, Turn turn, Event.Outgoing message) {
        Packet.Builder header = Packet.builder(type)
                .ttl(lifetimeMs(message))
                .set(Field.CLUSTER, turn.config().cluster())
                .set(Field.SUBCLUSTER, message.subcluster())
                .set(Field.USR1, message.event());
        if (message.signer() != null && message.signature() != null) {
            header.set(Field.USR2, message.signer()).set(Field.SIG, message.signature());
        }
        return header;
    }

    static List<Packet> split(Packet.Builder header, Turn turn, Event.Outgoing message) {
        long unique = turn.random().nextLong();
        long ts = Math.max(0, turn.wallMs());
        return Splitter.isSingle(message.sealed())
                ? Splitter.split(header, message.sealed(), ts)
                : Splitter.split(
                        header,
                        message.sealed(),
                        ts,
                        "{\"id\":\"" + HexFormat.of().toHexDigits(unique) + "\"}");
    }
}
