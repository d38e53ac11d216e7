// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.Decoded;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Intro;
import io.streamrelay.gossip.packet.Inventory;
import io.streamrelay.gossip.packet.Join;
import io.streamrelay.gossip.packet.Malformed;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Ping;
import io.streamrelay.gossip.packet.Pong;
import io.streamrelay.gossip.packet.Pulse;
import io.streamrelay.gossip.packet.Receipt;
import io.streamrelay.gossip.packet.Rejected;
import io.streamrelay.gossip.packet.ShortForm;
import io.streamrelay.gossip.packet.ShortFormReader;
import io.streamrelay.gossip.packet.Summary;

/** Takes datagrams apart and brings each packet to the algorithm that it concerns. */
final class PacketRouter {

    private final SourceBudgets strangers = new SourceBudgets();
    private final Turn turn;
    private final PeerTable peers;
    private final ControlPackets packets;
    private final Handshake handshake;
    private final Liveness liveness;
    private final Reflection reflection;
    private final SecondResponder second;
    private final Neighbourhood neighbourhood;
    private final Joins joins;
    private final Admission admission;
    private final SyncDialogue dialogue;
    private final Gossip gossip;
    private final Receipts receipts;
    private final Streams streams;
    private final Queries queries;
    private final PeerClocks clocks;
    private final Matchmaking matchmaking;

    PacketRouter(
            Turn turn,
            PeerTable peers,
            ControlPackets packets,
            Handshake handshake,
            Liveness liveness,
            Reflection reflection,
            SecondResponder second,
            Neighbourhood neighbourhood,
            Joins joins,
            Admission admission,
            SyncDialogue dialogue,
            Gossip gossip,
            Receipts receipts,
            Streams streams,
            Queries queries,
            PeerClocks clocks,
            Matchmaking matchmaking) {
        this.turn = turn;
        this.peers = peers;
        this.packets = packets;
        this.handshake = handshake;
        this.liveness = liveness;
        this.reflection = reflection;
        this.second = second;
        this.neighbourhood = neighbourhood;
        this.joins = joins;
        this.admission = admission;
        this.dialogue = dialogue;
        this.gossip = gossip;
        this.receipts = receipts;
        this.streams = streams;
        this.queries = queries;
        this.clocks = clocks;
        this.matchmaking = matchmaking;
    }

    void onDatagram(Event.Datagram datagram) {
        turn.guard().received(datagram.from(), datagram.bytes().length);
        Path from = path(datagram);
        Pulse pulse = Pulse.of(datagram.bytes());
        if (pulse != null) {
            onPulse(pulse, from);
            return;
        }
        Receipt receipt = Receipt.of(datagram.bytes());
        if (receipt != null) {
            onReceipt(receipt, from);
            handshake.credited(from);
            return;
        }
        boolean punched = matchmaking.onDatagram(from, datagram.bytes());
        Decoded decoded = decode(datagram);
        if (decoded instanceof Rejected rejected) {
            if (!punched) {
                turn.drop(rejected.reason(), datagram.from());
            }
            if (ShortForm.isShort(datagram.bytes())) {
                notTold(from);
            }
        } else if (decoded instanceof Packet packet && datagram.socket().equals(SocketId.PROBE)) {
            onProbeSocket(packet, from);
        } else if (decoded instanceof Packet packet) {
            route(packet, from);
        }
        handshake.credited(from);
    }

    private Decoded decode(Event.Datagram datagram) {
        if (!ShortForm.isShort(datagram.bytes())) {
            return Packet.decode(datagram.bytes());
        }
        Peer source = peers.byEndpoint(datagram.from());
        if (source == null) {
            return new Rejected(DropReason.STRANGER);
        }
        Vocabulary vocabulary = source.arrivals().vocabulary();
        ShortFormReader reader = ShortForm.read(datagram.bytes(), vocabulary);
        if (reader.decoded() instanceof Packet packet) {
            if (!AgeStamp.isStamped(packet) || !AgeStamp.isIntact(packet, source.kin())) {
                return new Rejected(DropReason.DAMAGED);
            }
            reader.teach(vocabulary);
            vocabulary.learn(packet);
        }
        return reader.decoded();
    }

    /** What cannot be told apart is as good as lost; but only who takes this node for a peer sends it. */
    private void notTold(Path from) {
        Peer source = peers.byEndpoint(from.remote());
        if (source == null) {
            handshake.strayed(from);
            return;
        }
        source.heard(turn.nowMs());
        liveness.listsUs(source);
        if (source.kin() && source.arrivals().mayTellForgotten(turn.nowMs())) {
            receipts.tell(source, Receipt.FORGOTTEN);
        }
    }

    /** Kin that has nothing else to say. */
    private void onPulse(Pulse pulse, Path from) {
        Peer peer = peers.byEndpoint(from.remote());
        if (pulse.kind() != Pulse.Kind.ASK && pulse.kind() != Pulse.Kind.BACK) {
            onPulseAnswer(pulse, from, peer);
        } else if (!mayPing(peer, from.remote())) {
            turn.drop(DropReason.TOO_MANY, from.remote());
        } else if (pulse.kind() == Pulse.Kind.BACK) {
            handshake.onBack(pulse, from, peer);
        } else if (peer == null || !peer.kin()) {
            turn.sendUnproven(from, pulse.strangersAnswer().encode());
        } else {
            turn.send(from, liveness.onPulse(peer, pulse, from).encode());
        }
    }

    private void onPulseAnswer(Pulse pulse, Path from, Peer peer) {
        boolean isPeers = peer != null && peer.kin() && peer.pingId().equals(pulse.pingId());
        if (isPeers && pulse.kind() == Pulse.Kind.AGAIN) {
            peer.heard(turn.nowMs());
        } else if (isPeers) {
            liveness.onAnswer(peer, pulse, from);
        } else if (peer != null || pulse.kind() == Pulse.Kind.ANSWER || !handshake.onRecalled(pulse, from)) {
            turn.drop(DropReason.UNSOLICITED_PONG, from.remote());
        }
    }

    private void onProbeSocket(Packet packet, Path from) {
        if (second.takes(packet, from.remote())) {
            return;
        }
        if (packet.type() == PacketType.PONG) {
            onProbePong(packet, from.remote());
        } else {
            route(packet, from);
        }
    }

    /** Nobody connects to the probe socket: whoever comes there is answered from the main one. */
    private static Path path(Event.Datagram datagram) {
        return datagram.socket().equals(SocketId.PROBE)
                ? Path.main(datagram.from())
                : new Path(datagram.socket(), datagram.from());
    }

    private void route(Packet packet, Path from) {
        switch (packet.type()) {
            case PING, PONG -> greet(packet, from);
            case JOIN -> {
                if (peers.byEndpoint(from.remote()) == null) {
                    askForIntroduction(packet, from);
                } else {
                    exchange(packet, from);
                }
            }
            case PUBLISH, STREAM, SYNC, INTRO, QUERY -> exchange(packet, from);
        }
    }

    /** Anybody may ping, and answer a ping. */
    private void greet(Packet packet, Path from) {
        Body body = Body.of(packet);
        if (body instanceof Malformed malformed) {
            turn.drop(malformed.reason(), from.remote());
        } else if (body instanceof Ping ping) {
            onPing(packet, ping, from);
        } else if (body instanceof Pong pong) {
            onPong(packet, pong, from);
        }
    }

    private void onPing(Packet packet, Ping ping, Path from) {
        if (ping.requester().equals(turn.config().self())) {
            turn.drop(DropReason.OWN_PACKET, from.remote());
            return;
        }
        Peer peer = peers.byEndpoint(from.remote());
        if (!mayPing(peer, from.remote())) {
            turn.drop(DropReason.TOO_MANY, from.remote());
            return;
        }
        clocks.heard(from.remote(), ping.timestamp());
        second.onPing(ping, peer);
        boolean accepted = handshake.accepts(ping, from);
        answer(ping, ControlSeal.isMarked(packet), from, peer, accepted);
        if (accepted) {
            handshake.onConnectionPing(packet, ping, from);
        }
        if (peer != null && peer.id().equals(ping.requester())) {
            peer.heard(turn.nowMs());
            liveness.onPing(peer, packet, ping);
            if (ping.isReflection() && peer.kin() && !peer.isListingUs()) {
                turn.raise(new Signal.ChallengedBy(peer));
            }
        } else if (!ping.isReflection() && !accepted) {
            // Whoever pings us without being listed here takes us for connected.
            handshake.meet(ping.requester(), from, null);
        }
    }

    private boolean mayPing(Peer peer, Endpoint from) {
        return peer == null
                ? strangers.tryTake(from, turn.nowMs())
                : peer.budgets().tryTake(PacketType.PING, turn.nowMs());
    }

    /** Peers get the whole pong; anybody else what its credit allows. */
    private void answer(Ping ping, boolean kin, Path from, Peer peer, boolean accepted) {
        Endpoint source = from.remote();
        if (peer != null) {
            turn.send(from, packets.pong(ping, kin, source, source.port(), accepted));
        } else {
            turn.sendUnproven(from, packets.leanPong(ping, kin, source, source.port(), accepted));
        }
        if (ping.isReflection()
                && ping.probeExternalPort() != null
                && AddressPolicy.isPeerPort(ping.probeExternalPort())) {
            int port = ping.probeExternalPort();
            Path probe = new Path(second.probesFrom(ping), new Endpoint(source.address(), port));
            boolean sent = turn.sendUnproven(probe, packets.leanPong(ping, kin, source, port, false));
            if (sent && probe.socket().equals(SocketId.PROBE)) {
                reflection.probeSent(probe.remote());
            }
        }
    }

    private void onPong(Packet packet, Pong pong, Path from) {
        if (!pong.requester().equals(turn.config().self())) {
            turn.drop(DropReason.OTHER_PEER, from.remote());
            return;
        }
        Peer peer = peers.byEndpoint(from.remote());
        if (handshake.isContacting(from, pong)) {
            handshake.onPong(packet, pong, from);
        } else if (peer != null) {
            liveness.onPong(peer, pong, from, reflection.hasAsked(pong));
            reflection.answered(from, pong);
        } else if (neighbourhood.isCalling(from, pong)) {
            neighbourhood.answered(from.remote());
        } else {
            turn.drop(DropReason.UNSOLICITED_PONG, from.remote());
        }
    }

    /** What comes to the probe socket says nothing but whether it came: the NAT has another mapping for it. */
    private void onProbePong(Packet packet, Endpoint from) {
        Body body = Body.of(packet);
        if (body instanceof Malformed malformed) {
            turn.drop(malformed.reason(), from);
        } else if (body instanceof Pong pong) {
            boolean ours = pong.requester().equals(turn.config().self());
            if (!ours || !reflection.probed(from, pong)) {
                turn.drop(ours ? DropReason.UNSOLICITED_PONG : DropReason.OTHER_PEER, from);
            }
        }
    }

    /** A stranger may ask its rendezvous for an introduction. */
    private void askForIntroduction(Packet packet, Path from) {
        Body body = Body.of(packet);
        if (body instanceof Malformed malformed) {
            turn.drop(malformed.reason(), from.remote());
        } else if (body instanceof Join join) {
            matchmaking.onStrangersJoin(packet, join, from);
        }
    }

    /** Everything else is taken from connected peers alone. */
    private void exchange(Packet packet, Path path) {
        Endpoint from = path.remote();
        Peer source = neighbour(path, packet.type());
        if (source == null) {
            return;
        }
        switch (packet.type()) {
            case PUBLISH -> {
                if (admission.onPublish(packet, from)) {
                    receipts.came(source, packet);
                    dialogue.came(source, packet);
                }
            }
            case STREAM -> streams.onStream(packet, source);
            case QUERY -> queries.onQuery(packet, source);
            default -> exchangeBody(packet, source);
        }
    }

    /** Who has sent something that is exchanged between peers; null when it is not to be looked at. */
    private Peer neighbour(Path path, PacketType type) {
        Peer source = peers.byEndpoint(path.remote());
        if (source == null) {
            turn.drop(DropReason.STRANGER, path.remote());
            handshake.strayed(path);
            return null;
        }
        if (!source.budgets().tryTake(type, turn.nowMs())) {
            turn.drop(DropReason.TOO_MANY, path.remote());
            return null;
        }
        source.heard(turn.nowMs());
        liveness.listsUs(source);
        return source;
    }

    /** Between kin alone; it belongs to what is told of what is held. */
    private void onReceipt(Receipt receipt, Path path) {
        Peer source = neighbour(path, PacketType.SYNC);
        if (source == null) {
            return;
        }
        if (!source.kin()) {
            turn.drop(DropReason.BAD_MAGIC, path.remote());
        } else if (receipt.asks() && !source.budgets().mayAskForReceipt(turn.nowMs())) {
            turn.drop(DropReason.TOO_MANY, path.remote());
        } else {
            gossip.onReceipt(source, receipt);
        }
    }

    private void exchangeBody(Packet packet, Peer source) {
        Body body = Body.of(packet);
        if (body instanceof Malformed malformed) {
            turn.drop(malformed.reason(), source.endpoint());
        } else if (body instanceof Join join) {
            joins.onJoin(packet, join, source);
        } else if (body instanceof Summary summary) {
            onSync(packet, summary, source);
        } else if (body instanceof Inventory inventory) {
            onInventory(packet, inventory, source);
        } else if (body instanceof Intro intro) {
            matchmaking.onIntro(packet, intro, source);
        }
    }

    /** Between kin alone. */
    private void onInventory(Packet packet, Inventory inventory, Peer source) {
        if (source.kin()) {
            dialogue.onInventory(source, inventory, packet.copy(Field.USR3));
        } else {
            turn.drop(DropReason.BAD_SUMMARY, source.endpoint());
        }
    }

    private void onSync(Packet packet, Summary summary, Peer source) {
        second.onSummary(source, summary);
        dialogue.onSync(source, summary, packet.copy(Field.USR3));
    }
}
