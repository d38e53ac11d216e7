// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.api.Refusal;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketIdCheck;
import io.streamrelay.gossip.packet.PacketIds;
import io.streamrelay.gossip.packet.PacketType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Messages from one peer to another: sent, gathered from their fragments, and passed on for others. What gets lost on
 * the way is not sent again: nobody keeps streams.
 */
final class Streams {

    private record Source(Id from, Id headId) {}

    private final Turn turn;
    private final PeerTable peers;
    private final Proxies proxies;
    private final Set<Id> subscriptions;
    private final DirectSender sender;
    private final Map<Source, StreamGathering> gatherings = new LinkedHashMap<>();

    /** By their contents: the id that a packet claims could be a lie that keeps the right packet out (D42). */
    private final SeenIds passedOn = new SeenIds(Limits.STREAM_IDS);

    /** By the digest of the sealed message, whose bytes never repeat: a replay may come in other packets (D43). */
    private final SeenIds delivered = new SeenIds(Limits.STREAM_IDS);

    Streams(Turn turn, PeerTable peers, Proxies proxies, Set<Id> subscriptions, DirectSender sender) {
        this.turn = turn;
        this.peers = peers;
        this.proxies = proxies;
        this.subscriptions = subscriptions;
        this.sender = sender;
    }

    void send(long token, Id to, Event.Outgoing message) {
        Peer next = proxies.toward(to);
        if (next == null) {
            refuse(token, Refusal.UNKNOWN_PEER, "peer " + to.shortHex() + " is not connected");
        } else if (message.sealed().length > turn.config().messageBytesMax()) {
            refuse(token, Refusal.TOO_LARGE, "the sealed message has " + message.sealed().length + " bytes");
        } else {
            Packet.Builder header = Publisher.header(PacketType.STREAM, turn, message)
                    .set(Field.USR3, to)
                    .set(Field.USR4, turn.config().self());
            List<Packet> packets = Publisher.split(header, turn, message);
            List<byte[]> datagrams =
                    packets.stream().map(packet -> packet.withHops(1)).toList();
            Action.Accepted left = new Action.Accepted(token, packets.get(0).packetId(), packets.size());
            if (!sender.send(next, datagrams, left)) {
                refuse(token, Refusal.BUSY, "too much waits for peer " + to.shortHex());
            }
        }
    }

    private void refuse(long token, Refusal reason, String detail) {
        turn.act(new Action.Refused(token, reason, detail));
    }

    void onStream(Packet packet, Peer source) {
        Id to = packet.id(Field.USR3);
        Id from = packet.id(Field.USR4);
        if (to == null || from == null || packet.packetId() == null) {
            turn.drop(DropReason.ID_MISSING, source.endpoint());
        } else if (packet.index() <= 0 && PacketIdCheck.check(packet, null) != PacketIdCheck.Verdict.VALID) {
            turn.drop(DropReason.ID_MISMATCH, source.endpoint());
        } else if (to.equals(turn.config().self())) {
            receive(packet, from, source);
        } else {
            relay(packet, peers.byId(to), source);
        }
    }

    private void relay(Packet packet, Peer next, Peer source) {
        if (next == null || next == source || next.id().equals(packet.id(Field.USR4))) {
            turn.drop(DropReason.NO_ROUTE, source.endpoint());
        } else if (packet.hops() >= Limits.HOPS_MAX) {
            turn.drop(DropReason.HOPS_EXCEEDED, source.endpoint());
        } else if (!passedOn.add(packet.contentId())) {
            turn.drop(DropReason.DUPLICATE, source.endpoint());
        } else {
            turn.send(next.path(), packet.withHops(packet.hops() + 1));
        }
    }

    private void receive(Packet packet, Id from, Peer source) {
        Id subcluster = packet.id(Field.SUBCLUSTER);
        if (subcluster == null || !subscriptions.contains(subcluster)) {
            turn.drop(DropReason.NOT_SUBSCRIBED, source.endpoint());
        } else if (peers.byId(from) == null && !proxies.contains(from)) {
            turn.drop(DropReason.STRANGER, source.endpoint());
        } else if (packet.index() < 0) {
            proxies.heardOf(from, source, turn.nowMs());
            deliver(packet, packet.copy(Field.MESSAGE), source);
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
        if (delivered.contains(headId)) {
            turn.drop(DropReason.DUPLICATE, source.endpoint());
        } else if (!hasRoom(key, source)) {
            turn.drop(DropReason.TABLE_FULL, source.endpoint());
        } else {
            StreamGathering gathering = gatherings.computeIfAbsent(
                    key,
                    fresh -> new StreamGathering(
                            source, turn.nowMs(), turn.config().messageBytesMax()));
            if (!gathering.add(packet)) {
                turn.drop(DropReason.DUPLICATE, source.endpoint());
            } else if (gathering.isComplete()) {
                gatherings.remove(key);
                complete(gathering, source);
            }
        }
    }

    private boolean hasRoom(Source key, Peer source) {
        int parts = 0;
        int ofSource = 0;
        for (StreamGathering gathering : gatherings.values()) {
            parts += gathering.size();
            ofSource += gathering.source() == source ? gathering.size() : 0;
        }
        return parts < Limits.STREAM_PARTS_MAX
                && ofSource < Limits.STREAM_PARTS_OF_PEER_MAX
                && (gatherings.containsKey(key) || gatherings.size() < Limits.STREAMS_MAX);
    }

    private void complete(StreamGathering gathering, Peer source) {
        delivered.add(gathering.headPacket().packetId());
        byte[] sealed = gathering.compose();
        if (sealed == null) {
            turn.drop(DropReason.ID_MISMATCH, source.endpoint());
        } else {
            deliver(gathering.headPacket(), sealed, source);
        }
    }

    private void deliver(Packet first, byte[] sealed, Peer source) {
        if (delivered.add(PacketIds.ofMessage(sealed))) {
            turn.act(new Action.Deliver(Deliveries.stream(first, sealed)));
        } else {
            turn.drop(DropReason.DUPLICATE, source.endpoint());
        }
    }

    /** Lets go of messages whose parts do not all come. */
    void expire() {
        gatherings.values().removeIf(gathering -> turn.nowMs() - gathering.sinceMs() > Timing.STREAM_GATHER_MS);
    }
}
