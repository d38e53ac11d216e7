// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.NatType;
import io.streamrelay.gossip.packet.Pong;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What this node knows of itself: its ports, and the address that others see it at, weighed over what they report.
 */
final class SelfView {

    private final Turn turn;
    private final Set<Integer> localAddresses = new LinkedHashSet<>();
    private final Map<Endpoint, Endpoint> reports = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Endpoint, Endpoint> eldest) {
            return size() > Limits.REPORTS_MAX;
        }
    };
    private int port;
    private long openedMs;
    private Endpoint reflexive;
    private NatType announced = NatType.UNKNOWN;

    SelfView(Turn turn) {
        this.turn = turn;
    }

    void opened(int mainPort, List<Integer> addresses) {
        port = mainPort;
        openedMs = turn.nowMs();
        localAddresses(addresses);
    }

    void localAddresses(List<Integer> addresses) {
        if (!localAddresses.isEmpty()) {
            // What others saw before the addresses changed says nothing any more.
            reports.clear();
        }
        localAddresses.clear();
        localAddresses.addAll(addresses);
        weigh();
    }

    /** A pong from that address may say where our datagram came from. */
    void reported(Endpoint by, Pong pong) {
        if (pong.address() != null && pong.port() != null) {
            reports.remove(by);
            reports.put(by, Endpoint.of(pong.address(), pong.port()));
            weigh();
        }
    }

    /** Nobody is there any more. */
    void forget(Endpoint by) {
        reports.remove(by);
    }

    /** The settings have changed. */
    void weigh() {
        Endpoint before = reflexive;
        NatType typeBefore = announced;
        reflexive = majority();
        announced = judge();
        if (announced != typeBefore || reflexive != null && !reflexive.equals(before)) {
            turn.observe(new Observation.SelfChanged(announced, reflexive));
            turn.raise(new Signal.SelfChanged());
        }
    }

    /** What most see; what was believed before stays until another has more votes, or nobody sees it any more. */
    private Endpoint majority() {
        Map<Endpoint, Integer> votes = new LinkedHashMap<>();
        reports.values().forEach(seen -> votes.merge(seen, 1, Integer::sum));
        Endpoint best = votes.isEmpty() || votes.containsKey(reflexive) ? reflexive : null;
        for (Map.Entry<Endpoint, Integer> vote : votes.entrySet()) {
            if (best == null || vote.getValue() > votes.get(best)) {
                best = vote.getKey();
            }
        }
        return best;
    }

    private NatType judge() {
        if (turn.config().natType() != NatType.UNKNOWN) {
            return turn.config().natType();
        }
        if (turn.config().publicEndpoint() != null || turn.config().indexed()) {
            return NatType.UNRESTRICTED;
        }
        if (reflexive == null) {
            return NatType.UNKNOWN;
        }
        boolean untranslated = reflexive.port() == port && localAddresses.contains(reflexive.address());
        return untranslated ? NatType.UNRESTRICTED : NatType.PORT_RESTRICTED;
    }

    NatType natType() {
        return announced;
    }

    /** The number on the wire, or null while it is unknown: it is then left out of packets. */
    Integer natTypeOnWire() {
        return announced == NatType.UNKNOWN ? null : announced.wire();
    }

    /** Where others may reach this node, or null while it does not know. */
    Endpoint advertised() {
        String configured = turn.config().publicEndpoint();
        if (configured == null) {
            return reflexive;
        }
        int colon = configured.lastIndexOf(':');
        return Endpoint.of(configured.substring(0, colon), Integer.parseInt(configured.substring(colon + 1)));
    }

    /** Whether this node itself is there. */
    boolean isAt(Endpoint endpoint) {
        return endpoint.equals(advertised())
                || endpoint.equals(reflexive)
                || endpoint.port() == port && localAddresses.contains(endpoint.address());
    }

    Endpoint reflexive() {
        return reflexive;
    }

    long uptimeMs() {
        return turn.nowMs() - openedMs;
    }
}
