// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.NatType;
import io.streamrelay.gossip.packet.Strategy;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two members that know one introducer alone, behind every two kinds of NAT (protocol-v6 §3.11).
 *
 * <pre>
 *   first ──── introducer ──── second
 *     └────────── ? ─────────────┘
 * </pre>
 */
class NatPairsTest {

    private static final int TRAVERSALS = 40;

    /** The connection is a matter of seconds; both sides begin at the same time. */
    private static final long CONNECT_MS = 60_000;

    private TestMesh mesh;
    private TestMesh.Node introducer;
    private TestMesh.Node first;
    private TestMesh.Node second;

    static Stream<Arguments> pairs() {
        List<NatType> types = Arrays.stream(NatType.values())
                .filter(type -> type != NatType.UNKNOWN)
                .toList();
        return types.stream().flatMap(one -> types.stream().map(other -> Arguments.of(one, other)));
    }

    private void begin(NatType one, NatType other, long seed) {
        mesh = new TestMesh();
        mesh.seed = seed;
        introducer = mesh.member(1, NatType.UNRESTRICTED);
        first = mesh.member(2, one, introducer);
        second = mesh.member(3, other, introducer);
    }

    private boolean areConnected() {
        return first.knows(second) && second.knows(first);
    }

    private static boolean mustBeProxied(NatType one, NatType other) {
        return Strategy.between(one.wire(), other.wire()) == Strategy.PROXY;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    @Tag("case-26")
    void everyPairDeliversAndStreamsBothWays(NatType one, NatType other) {
        begin(one, other, 1);
        mesh.run(CONNECT_MS);
        assertEquals(!mustBeProxied(one, other), areConnected());
        exchange();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void whoeverIsConnectedDirectlyNeedsTheIntroducerNoMore(NatType one, NatType other) {
        if (mustBeProxied(one, other)) {
            return;
        }
        begin(one, other, 2);
        mesh.run(CONNECT_MS);
        mesh.stop(introducer);
        mesh.run(600_000);
        assertTrue(areConnected());
        assertFalse(first.knows(introducer));
        exchange();
    }

    private void exchange() {
        first.delivered.clear();
        second.delivered.clear();
        first.publish(1, TestPackets.sealed(1, 360));
        second.publish(1, TestPackets.sealed(2, 360));
        first.give(new Event.Stream(2, second.id, TestMesh.message(TestPackets.sealed(3, 360))));
        second.give(new Event.Stream(2, first.id, TestMesh.message(TestPackets.sealed(4, 3_160))));
        mesh.run(2_000);
        assertEquals(2, second.delivered.size());
        assertEquals(2, first.delivered.size());
        assertTrue(second.delivered.stream().anyMatch(message -> first.id.equals(message.from())));
        assertTrue(first.delivered.stream().anyMatch(message -> second.id.equals(message.from())));
    }

    @Test
    @Tag("case-27")
    void aSymmetricNatAndAPortRestrictedOneAreTraversedNearlyAlways() {
        int atOnce = 0;
        int inTheEnd = 0;
        for (int seed = 1; seed <= TRAVERSALS; seed++) {
            begin(NatType.ENDPOINT_RESTRICTED, NatType.PORT_RESTRICTED, seed);
            mesh.run(3_500);
            atOnce += areConnected() ? 1 : 0;
            mesh.run(CONNECT_MS);
            inTheEnd += areConnected() ? 1 : 0;
        }
        System.out.println("symmetric to port-restricted, first traversal: " + Wilson.of(atOnce, TRAVERSALS));
        System.out.println("symmetric to port-restricted, within a minute: " + Wilson.of(inTheEnd, TRAVERSALS));
        assertTrue(Wilson.of(atOnce, TRAVERSALS).high() > 0.93, "first " + atOnce);
        assertTrue(Wilson.of(inTheEnd, TRAVERSALS).low() > 0.85, "in the end " + inTheEnd);
    }

    @Test
    void theSocketsThatFoundNothingAreClosed() {
        begin(NatType.ENDPOINT_RESTRICTED, NatType.PORT_RESTRICTED, 1);
        mesh.run(CONNECT_MS);
        assertTrue(areConnected());
        assertEquals(3, first.sockets.size());
        mesh.stop(second);
        mesh.run(120_000);
        assertEquals(2, first.sockets.size());
    }
}
