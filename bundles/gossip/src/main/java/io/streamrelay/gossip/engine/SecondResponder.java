// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Ping;
import io.streamrelay.gossip.packet.Pong;
import io.streamrelay.gossip.packet.Summary;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Helps a reference peer to its NAT type that has nobody else: it needs two responders and takes no part before, so
 * this node is both, the second one with its probe socket and another id (protocol-v6 §5 point 1, §6 case 10).
 *
 * <pre>
 *   we                                              reference peer
 *   main  ── a summary, and a ping ─────────────────►  (takes no part: twice a pong, and no summary)
 *   probe ── ping isConnection, the second id ──────►  lists a second responder
 *   one   ◄──────────── where is my probe socket? ──
 *   both  ◄─ where am I, does my probe socket hear you? ─
 *   other ── pongs to its probe socket ─────────────►  (from the one that it has not asked before)
 * </pre>
 *
 * Both are one host. So nobody can tell whether whoever hears us at its probe socket hears strangers, too: on a private
 * network it is told so, on the Internet only that it hears hosts that it has sent to.
 */
final class SecondResponder {

    /** A reference peer that may not know its NAT type. */
    static final class Lone {

        private final Peer peer;
        private final String prefix;
        private int rounds;
        private int ignored;
        private boolean ponged;
        private boolean helped;
        private SocketId asked = SocketId.MAIN;

        private Lone(Peer peer, String prefix) {
            this.peer = peer;
            this.prefix = prefix;
        }
    }

    private static final int PREFIX_BYTES = 12;

    private final Turn turn;
    private final PeerTable peers;
    private final SelfView self;
    private final ControlPackets packets;
    private final Map<Id, Lone> lones = new LinkedHashMap<>();

    SecondResponder(Turn turn, PeerTable peers, SelfView self, ControlPackets packets) {
        this.turn = turn;
        this.peers = peers;
        this.self = self;
        this.packets = packets;
    }

    /** The other id of a node: the last bit differs, so that whoever knows the one knows the other. */
    static Id of(Id id) {
        byte[] bytes = id.bytes();
        bytes[Id.BYTES - 1] ^= 1;
        return Id.of(bytes);
    }

    private Id id() {
        return of(turn.config().self());
    }

    /** A peer is connected. */
    void peerUp(Peer peer) {
        if (peer.natType() == 0) {
            begin(peer);
        }
    }

    /**
     * A ping says whether its sender knows its type, or asks for its probe socket's port.
     *
     * @param peer who is connected there, or null
     */
    void onPing(Ping ping, Peer peer) {
        if (ping.isProbe()) {
            portAsked(ping, SocketId.MAIN);
        }
        if (peer == null || !peer.id().equals(ping.requester())) {
            return;
        }
        if (ping.natType() != null) {
            lones.remove(peer.id());
        } else if (!ping.isReflection()) {
            begin(peer);
        }
    }

    private void begin(Peer peer) {
        boolean eligible = !peer.kin() && peer.path().socket().equals(SocketId.MAIN);
        if (eligible && !lones.containsKey(peer.id()) && lones.size() < Limits.LONES_MAX) {
            byte[] prefix = new byte[PREFIX_BYTES];
            turn.random().nextBytes(prefix);
            Lone lone = new Lone(peer, HexFormat.of().formatHex(prefix));
            lones.put(peer.id(), lone);
            turn.schedule(Timer.LONE, lone, Timing.LONE_ROUND_MS);
        }
    }

    /** It has answered a ping. */
    void ponged(Peer peer) {
        Lone lone = lones.get(peer.id());
        if (lone != null) {
            lone.ponged = true;
        }
    }

    /** Whoever answers a summary takes part, and so knows its type. */
    void onSummary(Peer peer, Summary summary) {
        Lone lone = lones.get(peer.id());
        if (lone != null && summary.prefix().startsWith(lone.prefix)) {
            lones.remove(peer.id());
        }
    }

    void due(Lone lone) {
        if (lones.get(lone.peer.id()) != lone) {
            return;
        }
        if (!peers.contains(lone.peer) || !isAble() || ++lone.rounds > Limits.LONE_ROUNDS_MAX) {
            lones.remove(lone.peer.id());
            return;
        }
        // Before the first question there was nothing to ignore.
        lone.ignored += lone.ponged && lone.rounds > 1 ? 1 : 0;
        lone.ponged = false;
        if (lone.ignored < Limits.LONE_SILENCES) {
            inquire(lone);
        } else {
            appear(lone);
        }
        turn.schedule(Timer.LONE, lone, Timing.LONE_ROUND_MS);
    }

    /** Whether a reference peer can reach both sockets, and asks this node at all. */
    private boolean isAble() {
        return self.natType() == NatType.UNRESTRICTED || self.natType() == NatType.ADDRESS_RESTRICTED;
    }

    /** Of what nobody holds: the answer is a summary, too, and short. */
    private void inquire(Lone lone) {
        byte[][] buckets = new byte[Summary.BUCKETS][];
        buckets[0] = new byte[Summary.HASH_BYTES];
        turn.random().nextBytes(buckets[0]);
        long since = Math.max(0, turn.wallMs() - Timing.CACHE_TTL_MS);
        Packet.Builder summary = Packet.builder(PacketType.SYNC)
                .set(Field.USR4, Long.toString(since).getBytes(StandardCharsets.US_ASCII))
                .message(new Summary(lone.prefix, buckets[0], buckets).encode());
        turn.send(lone.peer.path(), summary.build().bytes());
        turn.send(lone.peer.path(), packets.heartbeat(true, lone.peer.pingId(), null));
    }

    /** Without a cluster: it is nobody's friend, and nobody hears that it joins. */
    private void appear(Lone lone) {
        if (!lone.helped) {
            lone.helped = true;
            turn.count("second-responder", 1);
        }
        Ping ping = Ping.builder(id())
                .natType(self.natTypeOnWire())
                .isConnection(true)
                .isReflection(true)
                .build();
        send(
                SocketId.PROBE,
                lone.peer.endpoint(),
                Packet.builder(PacketType.PING).message(ping).build().bytes());
    }

    private void send(SocketId socket, Endpoint to, byte[] bytes) {
        if (turn.sendUnproven(new Path(socket, to), bytes) && socket.equals(SocketId.PROBE)) {
            turn.raise(new Signal.ProbeSent(to));
        }
    }

    /**
     * Something has come to the probe socket. What is not about finding a NAT type is for this node as ever, whichever
     * of the two it was sent to.
     *
     * @return whether it was for the second responder
     */
    boolean takes(Packet packet, Endpoint from) {
        if (packet.type() != PacketType.PING && packet.type() != PacketType.PONG) {
            return false;
        }
        Body body = Body.of(packet);
        if (body instanceof Pong pong) {
            return pong.requester().equals(id());
        }
        Lone lone = body instanceof Ping ping ? helped(ping, from) : null;
        if (lone == null) {
            return false;
        }
        if (lone.peer.budgets().tryTake(PacketType.PING, turn.nowMs())) {
            answer((Ping) body, from, lone);
        } else {
            turn.drop(DropReason.TOO_MANY, from);
        }
        return true;
    }

    private Lone helped(Ping ping, Endpoint from) {
        Lone lone = lones.get(ping.requester());
        boolean serves = lone != null
                && lone.helped
                && ping.natType() == null
                && lone.peer.endpoint().address() == from.address();
        return serves ? lone : null;
    }

    private void answer(Ping ping, Endpoint from, Lone lone) {
        if (ping.isProbe()) {
            portAsked(ping, SocketId.PROBE);
        }
        send(SocketId.PROBE, from, packets.secondPong(id(), ping, from, from.port()));
        Integer port = ping.probeExternalPort();
        boolean probes = ping.isReflection() && port != null && AddressPolicy.isPeerPort(port);
        if (probes && !AddressPolicy.isOnInternet(from.address())) {
            Endpoint probe = new Endpoint(from.address(), port);
            send(other(lone.asked), probe, packets.secondPong(id(), ping, from, port));
        }
    }

    private void portAsked(Ping ping, SocketId at) {
        Lone lone = lones.get(ping.requester());
        if (lone != null) {
            lone.asked = at;
        }
    }

    /** The socket that a peer's probe socket has not sent to, as far as is known. */
    SocketId probesFrom(Ping ping) {
        Lone lone = lones.get(ping.requester());
        return lone == null ? SocketId.PROBE : other(lone.asked);
    }

    private static SocketId other(SocketId socket) {
        return socket.equals(SocketId.MAIN) ? SocketId.PROBE : SocketId.MAIN;
    }

    int size() {
        return lones.size();
    }
}
