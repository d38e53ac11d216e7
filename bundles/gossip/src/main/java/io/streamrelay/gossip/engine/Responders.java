// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.NatType;
import io.streamrelay.api.transport.SocketId;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Chooses the two peers that help to find this node's NAT type, by turns: who came to nothing last time is asked last
 * (protocol-v6 D34).
 *
 * <p>The first may be anybody that the probe socket has sent to before; the second must not be, or a NAT that lets in
 * whom one has sent to would look like one that lets in everybody. So whoever has been first stays it if possible.
 */
final class Responders {

    /**
     * Two peers with different addresses.
     *
     * @param probes whether they can show how the NAT filters, or only how it maps
     */
    record Pair(Peer first, Peer second, boolean probes) {}

    /** What is remembered of an address. */
    private record Note(long probedMs, int strikes) {
        private static final Note NOTHING = new Note(Long.MIN_VALUE / 2, 0);
    }

    private final Turn turn;
    private final PeerTable peers;
    private final SelfView self;
    private final BoundedMap<Integer, Note> notes = new BoundedMap<>(Limits.RESPONDERS_MAX);

    Responders(Turn turn, PeerTable peers, SelfView self) {
        this.turn = turn;
        this.peers = peers;
        this.self = self;
    }

    /** The next pair to ask, or null while there is none. */
    Pair next() {
        Pair probing = probing();
        return probing == null ? mapping() : probing;
    }

    private Pair probing() {
        List<Peer> serving = shuffled(peer -> isInView(peer) && mayServe(peer));
        serving.sort(Comparator.<Peer>comparingInt(peer -> note(peer).strikes())
                .thenComparing(this::isFresh)
                .thenComparing(peer -> peer.natType() == 0));
        for (Peer first : serving) {
            for (Peer second : serving) {
                if (isFresh(second) && address(first) != address(second)) {
                    return new Pair(first, second, true);
                }
            }
        }
        return null;
    }

    /** Without two that serve probes, two that see us at different places still show how the NAT maps. */
    private Pair mapping() {
        List<Peer> seeing = shuffled(this::isInView);
        seeing.sort(Comparator.comparingInt(peer -> note(peer).strikes()));
        for (Peer first : seeing) {
            for (Peer second : seeing) {
                if (address(first) != address(second) && maySeeDifferently(first, second)) {
                    return new Pair(first, second, false);
                }
            }
        }
        return null;
    }

    private boolean maySeeDifferently(Peer first, Peer second) {
        Endpoint seen = self.reports().seenBy(first.endpoint());
        Endpoint also = self.reports().seenBy(second.endpoint());
        boolean differ = seen != null && also != null && !seen.equals(also);
        return differ || self.measured() == NatType.ENDPOINT_RESTRICTED;
    }

    private List<Peer> shuffled(Predicate<Peer> test) {
        return peers.sample(Limits.PEERS_MAX, test, turn.random());
    }

    /** Whether a peer sees this node from where it is judged, from another host, and not through our own NAT. */
    private boolean isInView(Peer peer) {
        return self.reflexive() != null
                && address(peer) != self.reflexive().address()
                && peer.path().socket().equals(SocketId.MAIN)
                && sharesView(peer);
    }

    /** A peer that has not said where it sees us is judged by its own address; when none has, anybody may begin. */
    private boolean sharesView(Peer peer) {
        View wanted = self.reports().widest();
        View view = self.reports().viewOf(peer.endpoint());
        if (wanted == null) {
            return true;
        }
        return view == null ? AddressPolicy.isOnInternet(address(peer)) == (wanted == View.INTERNET) : view == wanted;
    }

    /** Which NATs let a stranger's probe question in. A reference peer says only in its own pings what it has. */
    private static boolean mayServe(Peer peer) {
        return peer.natType() == NatType.UNRESTRICTED.wire()
                || peer.natType() == NatType.ADDRESS_RESTRICTED.wire()
                || peer.natType() == 0 && !peer.kin();
    }

    /** Whether no NAT can remember that the probe socket has sent there. */
    private boolean isFresh(Peer peer) {
        return turn.nowMs() - note(peer).probedMs() >= Timing.PROBE_FADES_MS;
    }

    private static int address(Peer peer) {
        return peer.endpoint().address();
    }

    private Note note(Peer peer) {
        return note(peer.endpoint());
    }

    private Note note(Endpoint responder) {
        return notes.getOrDefault(responder.address(), Note.NOTHING);
    }

    /** The probe socket has sent there: our NAT may let in whoever is at that address. */
    void probed(Endpoint responder) {
        notes.put(responder.address(), new Note(turn.nowMs(), note(responder).strikes()));
    }

    /** It did not help, or something speaks for asking another. */
    void strike(Endpoint responder) {
        Note before = note(responder);
        notes.put(responder.address(), new Note(before.probedMs(), before.strikes() + 1));
    }

    /** It has helped. */
    void served(Endpoint responder) {
        notes.put(responder.address(), new Note(note(responder).probedMs(), 0));
    }
}
