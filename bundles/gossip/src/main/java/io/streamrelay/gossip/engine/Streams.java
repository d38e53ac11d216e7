// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.api.Refusal;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Messages from one peer to another: sent, gathered from their fragments, and passed on for others. */
final class Streams {

    /** Who a stream is for and who sent it. */
    record Ends(Id to, Id from) {}

    private record Source(Id from, Id headId) {}

    private final Turn turn;
    private final PeerTable peers;
    private final Set<Id> subscriptions;
    private final Map<Source, StreamGathering> gatherings = new LinkedHashMap<>();
    private final Map<Id, Boolean> handled = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Id, Boolean> eldest) {
            return size() > Limits.STREAM_IDS_MAX;
        }
    };

    Streams(Turn turn, PeerTable peers, Set<Id> subscriptions) {
        this.turn = turn;
        this.peers = peers;
        this.subscriptions = subscriptions;
    }

    void send(long token, Id to, Event.Outgoing message) {
        Peer peer = peers.byId(to);
        if (peer == null) {
            turn.act(new Action.Refused(token, Refusal.UNKNOWN_PEER, "peer " + to.shortHex() + " is not connected"));
            return;
        }
        if (message.sealed().length > turn.config().messageBytesMax()) {
            turn.act(new Action.Refused(
                    token, Refusal.TOO_LARGE, "the sealed message has " + message.sealed().length + " bytes"));
            return;
        }
        List<Packet> packets = Publisher.split(
                PacketType.STREAM, turn, message, new Ends(to, turn.config().self()));
        // In one go and in order: a reference receiver forgets a message when another's head comes between (D8).
        packets.forEach(packet -> turn.send(peer.path(), packet.withHops(1)));
        turn.act(new Action.Accepted(token, packets.get(0).packetId(), packets.size()));
    }

    void onStream(Packet packet, Peer source) {
        Id to = packet.id(Field.USR3);
        Id from = packet.id(Field.USR4);
        if (to == null || from == null || packet.packetId() == null) {
            turn.drop(DropReason.ID_MISSING, source.endpoint());
        } else if (handled.putIfAbsent(packet.packetId(), true) != null) {
            turn.drop(DropReason.DUPLICATE, source.endpoint());
        } else if (to.equals(turn.config().self())) {
            receive(packet, from, source);
        } else {
            relay(packet, peers.byId(to), source);
        }
    }

    private void relay(Packet packet, Peer next, Peer source) {
        if (next == null || next == source) {
            turn.drop(DropReason.NO_ROUTE, source.endpoint());
        } else if (packet.hops() >= Limits.HOPS_MAX) {
            turn.drop(DropReason.HOPS_EXCEEDED, source.endpoint());
        } else {
            turn.send(next.path(), packet.withHops(packet.hops() + 1));
        }
    }

    private void receive(Packet packet, Id from, Peer source) {
        Id subcluster = packet.id(Field.SUBCLUSTER);
        if (subcluster == null || !subscriptions.contains(subcluster)) {
            turn.drop(DropReason.NOT_SUBSCRIBED, source.endpoint());
        } else if (peers.byId(from) == null) {
            turn.drop(DropReason.STRANGER, source.endpoint());
        } else {
            gather(packet, from, source);
        }
    }

    private void gather(Packet packet, Id from, Peer source) {
        Id headId = packet.index() > 0 ? packet.id(Field.PREVIOUS) : packet.packetId();
        if (headId == null || packet.index() > Fragments.indexesMax(turn.config())) {
            turn.drop(DropReason.TOO_MANY_FRAGMENTS, source.endpoint());
            return;
        }
        Source key = new Source(from, headId);
        int parts = gatherings.values().stream().mapToInt(StreamGathering::size).sum();
        boolean isNew = !gatherings.containsKey(key);
        if (parts >= Limits.STREAM_PARTS_MAX || isNew && gatherings.size() == Limits.STREAMS_MAX) {
            turn.drop(DropReason.TABLE_FULL, source.endpoint());
            return;
        }
        StreamGathering gathering = gatherings.computeIfAbsent(key, fresh -> new StreamGathering(turn.nowMs()));
        gathering.add(packet);
        StreamGathering.Outcome outcome = gathering.outcome(turn.config().messageBytesMax());
        if (outcome.state() == StreamGathering.State.WHOLE) {
            gatherings.remove(key);
            turn.act(new Action.Deliver(Deliveries.incoming(gathering.first(), outcome.message(), from)));
        } else if (outcome.state() == StreamGathering.State.BROKEN) {
            gatherings.remove(key);
            turn.drop(DropReason.ID_MISMATCH, source.endpoint());
        }
    }

    /** Lets go of messages whose parts do not all come. */
    void expire() {
        gatherings.values().removeIf(gathering -> turn.nowMs() - gathering.sinceMs() > Timing.STREAM_GATHER_MS);
    }
}
