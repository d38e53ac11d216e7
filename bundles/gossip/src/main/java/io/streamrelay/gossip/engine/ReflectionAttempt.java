// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.gossip.packet.Pong;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What two responders have shown about the NAT, and what follows from it. Knows no time and sends nothing. */
final class ReflectionAttempt {

    /** One of the two: where it sees us, and whether its probe has come through. */
    static final class Witness {

        private final Id id;
        private final Endpoint endpoint;
        private final Set<String> unanswered = new LinkedHashSet<>();
        private int answers;
        private Endpoint seen;
        private boolean probed;

        private Witness(Peer peer) {
            id = peer.id();
            endpoint = peer.endpoint();
        }

        Endpoint endpoint() {
            return endpoint;
        }

        /** A ping with this id is on its way to it. */
        void asked(String pingId) {
            unanswered.add(pingId);
        }

        boolean hasAnswered() {
            return answers > 0;
        }

        /** Where it sees our main socket, or null while it has not answered. */
        Endpoint seen() {
            return seen;
        }

        /** Whether its probe has come through. */
        boolean probed() {
            return probed;
        }

        /** Its probes would have come by now. */
        private boolean isFiltered() {
            return !probed && answers >= Limits.REFLECTION_ANSWERS;
        }

        private void answered(Pong pong) {
            // A duplicate counts once.
            if (unanswered.remove(pong.pingId()) && pong.address() != null && pong.port() != null) {
                answers++;
                seen = Endpoint.of(pong.address(), pong.port());
            }
        }
    }

    private final Witness first;
    private final Witness second;
    private final String portId;
    private final String probeId;
    private final boolean probes;
    private final long roundTripMs;
    private Integer probePort;
    private int rounds;

    /**
     * @param portId the reflectionId of the question for the probe socket's port; random
     * @param probeId the reflectionId of everything after it; random
     */
    ReflectionAttempt(Responders.Pair pair, String portId, String probeId) {
        first = new Witness(pair.first());
        second = new Witness(pair.second());
        probes = pair.probes();
        roundTripMs = Math.max(pair.first().roundTripMs(), pair.second().roundTripMs());
        this.portId = portId;
        this.probeId = probeId;
    }

    Witness first() {
        return first;
    }

    List<Witness> witnesses() {
        return List.of(first, second);
    }

    String portId() {
        return portId;
    }

    String probeId() {
        return probeId;
    }

    /** Whether a pong answers any question of this attempt. */
    boolean hasAsked(Pong pong) {
        return portId.equals(pong.reflectionId()) || probeId.equals(pong.reflectionId());
    }

    /** The longer of the two round trips, in milliseconds; -1 while unmeasured. */
    long roundTripMs() {
        return roundTripMs;
    }

    /** The probe socket's external port, or null while it is unknown, or not wanted. */
    Integer probePort() {
        return probePort;
    }

    /** Counts a round of questions. */
    void round() {
        rounds++;
    }

    int rounds() {
        return rounds;
    }

    /** A pong that came to the probe socket; whether it was the first responder's answer to the first question. */
    boolean tellsPort(Endpoint from, Pong pong) {
        if (!portId.equals(pong.reflectionId()) || !isFrom(first, from, pong) || pong.port() == null) {
            return false;
        }
        probePort = pong.port();
        rounds = 0;
        return true;
    }

    /** A pong that came to the probe socket: a probe when it comes from another port than the responder's own. */
    void probe(Endpoint from, Pong pong) {
        for (Witness witness : witnesses()) {
            if (probeId.equals(pong.reflectionId())
                    && witness.id.equals(pong.responder())
                    && witness.endpoint.address() == from.address()
                    && witness.endpoint.port() != from.port()) {
                witness.probed = true;
            }
        }
    }

    /** A pong that came to the main socket. */
    void answer(Endpoint from, Pong pong) {
        for (Witness witness : witnesses()) {
            if (probeId.equals(pong.reflectionId()) && isFrom(witness, from, pong)) {
                witness.answered(pong);
            }
        }
    }

    private static boolean isFrom(Witness witness, Endpoint from, Pong pong) {
        return witness.endpoint.equals(from) && witness.id.equals(pong.responder());
    }

    /** Whether a witness may still show something that matters. */
    boolean isOpen(Witness witness) {
        return !witness.hasAnswered() || probes && !witness.probed && !witness.isFiltered();
    }

    /** Whether nothing that is still to come can change the verdict. */
    boolean isProven() {
        return bothHaveAnswered() && (mapsDifferently() || !probes || second.probed);
    }

    /** Whether the verdict stands when a whole round has passed since the last question. */
    boolean isDecided() {
        return isProven() || bothHaveAnswered() && !isOpen(first) && !isOpen(second);
    }

    private boolean bothHaveAnswered() {
        return first.hasAnswered() && second.hasAnswered();
    }

    /** Whether the two see our main socket at different places; both have answered. */
    boolean mapsDifferently() {
        return !first.seen.equals(second.seen);
    }

    /** Who has not answered what was asked last, or not often enough. */
    List<Witness> owing() {
        return probes && probePort == null
                ? List.of(first)
                : witnesses().stream().filter(this::isOpen).toList();
    }

    /**
     * The type that a decided attempt has found. The probe socket has never sent to the second responder: when its probe
     * comes through, everybody's does. Without probes only a mapping that depends on the destination is found, or found
     * to be none any more, which is {@link NatType#UNKNOWN}.
     *
     * @param before the type that was found before
     */
    NatType verdict(NatType before) {
        if (mapsDifferently()) {
            return NatType.ENDPOINT_RESTRICTED;
        }
        if (!probes) {
            return before == NatType.ENDPOINT_RESTRICTED ? NatType.UNKNOWN : before;
        }
        if (second.probed) {
            return NatType.UNRESTRICTED;
        }
        return first.probed ? NatType.ADDRESS_RESTRICTED : NatType.PORT_RESTRICTED;
    }
}
