// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.api.transport.SocketId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Gets through to a peer when one of the two is behind a symmetric NAT, which takes another port for each address, and
 * the other lets in only what it has sent to. The one sends a byte to each of many ports, the other one from each of
 * many sockets: sooner or later a port that was sent to is a port that is sent from.
 *
 * <pre>
 *   behind a port-restricted NAT: OPEN              behind a symmetric NAT: CONNECT
 *   ── 01 to 700 random ports ──────────►   ◄────────── 01 from each of 254 sockets ──
 *   whatever gets through comes as the first byte on one of the 254 sockets, or on ours and goes back
 *   ◄──────────────────────────── ping isConnection, from the socket that was met ────
 * </pre>
 *
 * 700 of 64,512 ports and 254 sockets meet with a probability of 1 − (1 − 700 / 64,512)^254 = 94 %; each further
 * introduction is another try with other ports. What one host gets of all that is limited.
 */
final class Traversal {

    private static final byte[] PUNCH = {1};

    private final Turn turn;
    private final PeerTable peers;
    private final SocketPool pool;
    private final Map<Id, Punching> punchings = new LinkedHashMap<>();

    /** By address: whoever introduces may name any host, under as many ids and ports as it likes (protocol-v6 D39). */
    private final BoundedMap<Integer, TokenBucket> budgets = new BoundedMap<>(Limits.PUNCHED_HOSTS_MAX);

    Traversal(Turn turn, PeerTable peers) {
        this.turn = turn;
        this.peers = peers;
        this.pool = new SocketPool(turn);
    }

    void begin(Acquaintance target) {
        Punching punching = new Punching(target, turn.nowMs());
        if (!hasRoomFor(punching) || !tryCharge(punching)) {
            turn.count("traversal-put-off", 1);
            return;
        }
        punchings.put(target.id(), punching);
        turn.count("traversal-begun", 1);
        due(punching);
    }

    /** One that still sends is not begun anew. */
    private boolean hasRoomFor(Punching punching) {
        Punching before = punchings.get(punching.peer());
        return before == null ? punchings.size() < Limits.TRAVERSALS_MAX : before.isSpent();
    }

    private boolean tryCharge(Punching punching) {
        int host = punching.remote().address();
        TokenBucket budget = budgets.get(host);
        if (budget == null) {
            budget = new TokenBucket(Limits.PUNCHES_PER_HOST / 60.0, Limits.PUNCHES_PER_HOST, turn.nowMs());
            budgets.put(host, budget);
        }
        return budget.tryTake(punching.punches(), turn.nowMs());
    }

    /** Time for the next few bytes, or the end. */
    void due(Punching punching) {
        if (punchings.get(punching.peer()) != punching) {
            return;
        }
        if (punching.isOver(turn.nowMs())) {
            punchings.remove(punching.peer());
            closeIdle();
            return;
        }
        for (int i = 0; i < Limits.PUNCHES_AT_ONCE && !punching.isSpent(); i++) {
            punch(punching);
        }
        long waitMs = punching.isSpent() ? Timing.TRAVERSAL_MS : Timing.PUNCH_PAUSE_MS;
        turn.schedule(Timer.TRAVERSAL, punching, waitMs);
    }

    private void punch(Punching punching) {
        int number = punching.next();
        Path path;
        if (punching.opens()) {
            path = Path.main(punching.nextPort(turn.random()));
        } else {
            SocketId socket = SocketId.pooled(number);
            pool.open(socket);
            path = new Path(socket, punching.remote());
        }
        turn.punch(path, PUNCH);
    }

    /** Something has come in on a pooled socket: whatever it is, there is a way through. */
    void onPooled(Path from) {
        for (Punching punching : punchings.values()) {
            boolean expected = punching.remote().equals(from.remote());
            if (!punching.opens() && expected && punching.tryHit(turn.nowMs())) {
                punching.stop();
                turn.count("traversal-met", 1);
                turn.raise(new Signal.Approach(punching.peer(), from, punching.subcluster()));
            }
        }
    }

    /**
     * A single byte has come in on the main socket; when it is a punch that was waited for it goes back, and the other
     * side, which knows by that which of its sockets is through, pings.
     *
     * @return whether it was
     */
    boolean onByte(Path from) {
        for (Punching punching : punchings.values()) {
            if (punching.opens() && punching.remote().address() == from.remote().address()) {
                if (punching.tryEcho()) {
                    turn.punch(from, PUNCH);
                }
                return true;
            }
        }
        return false;
    }

    /** The peer is connected, whichever way. */
    void peerUp(Peer peer) {
        if (punchings.remove(peer.id()) != null) {
            turn.count("traversal-won", peer.path().socket().isPooled() ? 1 : 0);
            closeIdle();
        }
    }

    /** A peer has gone, or is reached by another way: the socket that reached it may not be needed any more. */
    void pathLeft(Path path) {
        if (path.socket().isPooled()) {
            closeIdle();
        }
    }

    private void closeIdle() {
        boolean searching = punchings.values().stream().anyMatch(punching -> !punching.opens());
        if (searching) {
            return;
        }
        Set<SocketId> bound = new LinkedHashSet<>();
        peers.all().forEach(peer -> bound.add(peer.path().socket()));
        pool.closeUnless(bound::contains);
    }
}
