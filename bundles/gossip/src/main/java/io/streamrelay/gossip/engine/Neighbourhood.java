// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.api.transport.Subnet;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Pong;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for peers on this host's own networks. It calls out to all hosts of each, with a connection ping that a
 * reference peer answers too (protocol-v6 §5.2), at the usual port and at its own; and it follows what others have found.
 * Nobody outside these networks is ever sent anything because of that.
 */
final class Neighbourhood {

    private final Turn turn;
    private final PeerTable peers;
    private final SelfView self;
    private final ControlPackets packets;
    private List<Subnet> subnets = List.of();
    private String callId;
    private long pauseMs;
    private long dueMs;

    Neighbourhood(Turn turn, PeerTable peers, SelfView self, ControlPackets packets) {
        this.turn = turn;
        this.peers = peers;
        this.self = self;
        this.packets = packets;
    }

    /** These are the networks to look in from now on; none = do not look. */
    void subnets(List<Subnet> now) {
        subnets = now.stream().limit(Limits.SUBNETS_MAX).toList();
        callId = null;
        begin();
    }

    /** A peer has gone: without any, the network around may have changed. */
    void peerDown() {
        if (peers.size() == 0) {
            begin();
        }
    }

    private void begin() {
        pauseMs = Timing.LAN_CALL_MS;
        if (!subnets.isEmpty()) {
            after(0);
        }
    }

    private void after(long delayMs) {
        dueMs = turn.nowMs() + delayMs;
        turn.schedule(Timer.LAN_CALL, null, delayMs);
    }

    /** Time to call out, unless that is over or was put off. */
    void due() {
        if (subnets.isEmpty() || turn.nowMs() - dueMs < 0) {
            return;
        }
        if (isWanting()) {
            call();
        }
        after(turn.jittered(pauseMs));
        pauseMs = Math.min(2 * pauseMs, Timing.LAN_CALL_MAX_MS);
    }

    private boolean isWanting() {
        return peers.size() < Limits.PEERS_WANTED;
    }

    private void call() {
        callId = packets.randomId();
        byte[] call = packets.connection(true, callId, null);
        for (Subnet subnet : subnets) {
            for (int port : ports()) {
                turn.send(Path.main(new Endpoint(subnet.broadcast(), port)), call);
            }
        }
    }

    private Set<Integer> ports() {
        Set<Integer> ports = new LinkedHashSet<>();
        ports.add(EngineConfig.DEFAULT_PORT);
        ports.add(self.port());
        return ports;
    }

    /** Whether a pong answers the last call: only who has heard it knows its id. */
    boolean isCalling(Path from, Pong pong) {
        return callId != null && callId.equals(pong.pingId()) && from.socket().equals(SocketId.MAIN);
    }

    /** Somebody has answered the call. */
    void answered(Endpoint from) {
        found(from);
    }

    /** A node is said to be there. */
    void found(Endpoint there) {
        if (subnets.stream().noneMatch(subnet -> subnet.contains(there.address()))
                || !AddressPolicy.isPeerPort(there.port())) {
            turn.drop(DropReason.ADDRESS_REFUSED, there);
        } else if (isWanting()) {
            turn.raise(new Signal.PeerNearby(there));
        }
    }
}
