// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.NatType;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.packet.Pong;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What this node knows of itself: its port, the address that others see it at, and what stands before it: as
 * configured, as {@link Reflection} has measured, or else a guess.
 */
final class SelfView {

    /** A NAT type, and the address that it was measured at: another address may be behind something else. */
    private record Measured(NatType type, int address) {}

    private final Turn turn;
    private final Set<Integer> localAddresses = new LinkedHashSet<>();
    private final AddressReports reports = new AddressReports();
    private int port;
    private long openedMs;
    private Endpoint reflexive;
    private Measured measured;
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

    /** A pong that came by that path may say where our datagram came from; a pooled socket has another port. */
    void reported(Path by, Pong pong) {
        if (pong.address() != null && pong.port() != null) {
            reported(by, Endpoint.of(pong.address(), pong.port()));
        }
    }

    /** Somebody whom our datagrams reach by that path sees them come from there. */
    void reported(Path by, Endpoint seen) {
        if (by.socket().equals(SocketId.MAIN)) {
            reports.add(view(by.remote(), seen), by.remote(), seen);
            weigh();
        }
    }

    private View view(Endpoint reporter, Endpoint seen) {
        return View.of(reporter.address(), seen.address(), localAddresses);
    }

    /** Whether a peer sees this node in the view that it is judged by. */
    boolean isJudgedBy(Endpoint reporter, Endpoint seen) {
        return view(reporter, seen) == reports.widest();
    }

    /** Nobody is there any more. */
    void forget(Endpoint by) {
        reports.forget(by);
    }

    /** What reflection has found for the present address; {@link NatType#UNKNOWN} takes back what it found before. */
    void measured(NatType type) {
        measured = reflexive == null ? null : new Measured(type, reflexive.address());
        weigh();
    }

    /** The settings have changed. */
    void weigh() {
        Endpoint before = reflexive;
        NatType typeBefore = announced;
        // Behind a symmetric NAT each peer sees another port, and none of these is of use to others.
        boolean anyPort = judge() == NatType.ENDPOINT_RESTRICTED;
        Endpoint seen = anyPort ? reports.majorityOfAddresses(reflexive) : reports.majority(reflexive);
        reflexive = seen == null ? reflexive : seen;
        announced = judge();
        if (announced != typeBefore || reflexive != null && !reflexive.equals(before)) {
            turn.observe(new Observation.SelfChanged(announced, reflexive));
            turn.raise(new Signal.SelfChanged());
        }
    }

    private NatType judge() {
        if (turn.config().natType() != NatType.UNKNOWN) {
            return turn.config().natType();
        }
        if (isFixed()) {
            return NatType.UNRESTRICTED;
        }
        if (reflexive == null) {
            return NatType.UNKNOWN;
        }
        return measured() == NatType.UNKNOWN ? guess() : measured();
    }

    private NatType guess() {
        boolean untranslated = reflexive.port() == port && localAddresses.contains(reflexive.address());
        return untranslated ? NatType.UNRESTRICTED : NatType.PORT_RESTRICTED;
    }

    /** Whether the configuration says what stands before this node. */
    boolean isFixed() {
        return turn.config().natType() != NatType.UNKNOWN
                || turn.config().publicEndpoint() != null
                || turn.config().indexed();
    }

    /** What reflection has found at the present address, or {@link NatType#UNKNOWN}. */
    NatType measured() {
        boolean holds = measured != null && reflexive != null && measured.address() == reflexive.address();
        return holds ? measured.type() : NatType.UNKNOWN;
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

    /** The UDP port of the main socket. */
    int port() {
        return port;
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

    /** What peers report. */
    AddressReports reports() {
        return reports;
    }

    long uptimeMs() {
        return turn.nowMs() - openedMs;
    }
}
