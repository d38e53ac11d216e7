// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Strategy;
import java.util.BitSet;
import java.util.random.RandomGenerator;

/** One try to get through two NATs, of which one is symmetric. */
final class Punching {

    private static final int PORTS_FROM = 1024;
    private static final int PORTS_TO = 65_536;

    private final Acquaintance target;
    private final long sinceMs;
    private final BitSet ports = new BitSet();
    private int sent;
    private int echoed;
    private long hitMs = Long.MIN_VALUE / 2;

    Punching(Acquaintance target, long sinceMs) {
        this.target = target;
        this.sinceMs = sinceMs;
    }

    Id peer() {
        return target.id();
    }

    Id subcluster() {
        return target.subcluster();
    }

    /** Where its introducer sees the other. */
    Endpoint remote() {
        return target.endpoint();
    }

    /** Whether this node opens ports of its NAT, rather than searching for those that the other has opened. */
    boolean opens() {
        return target.strategy() == Strategy.TRAVERSAL_OPEN;
    }

    boolean isOver(long nowMs) {
        return nowMs - sinceMs >= Timing.TRAVERSAL_MS;
    }

    /** How many bytes it sends. */
    int punches() {
        return opens() ? Limits.PUNCHED_PORTS : Limits.PUNCHING_SOCKETS;
    }

    /** Whether all is sent, and only an answer is waited for. */
    boolean isSpent() {
        return sent >= punches();
    }

    /** Counts what is sent, from 0. */
    int next() {
        return sent++;
    }

    void stop() {
        sent = Integer.MAX_VALUE / 2;
    }

    /** A port of the other that was not tried yet; the one that its introducer sees first. */
    Endpoint nextPort(RandomGenerator random) {
        int port = remote().port();
        while (ports.get(port)) {
            port = random.nextInt(PORTS_FROM, PORTS_TO);
        }
        ports.set(port);
        return new Endpoint(remote().address(), port);
    }

    /** Whether something that comes through is answered: not every one, and not for ever. */
    boolean tryEcho() {
        return echoed++ < Limits.PUNCH_ECHOES;
    }

    /** Whether a way through is worth trying: while another is tried it is not. */
    boolean tryHit(long nowMs) {
        boolean first = nowMs - hitMs >= Timing.TRAVERSAL_HIT_MS;
        if (first) {
            hitMs = nowMs;
        }
        return first;
    }
}
