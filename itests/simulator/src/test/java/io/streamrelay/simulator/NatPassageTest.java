// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.SocketId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Five nodes: two behind one device, one behind another, two public.
 *
 * <pre>
 *   node 0, node 1 --- home ---+--- node 3
 *           node 2 --- office -+--- node 4
 * </pre>
 */
class NatPassageTest {

    private final Topology topology = new Topology(5, new Chance(1));
    private final List<String> seen = new ArrayList<>();
    private final NatPassage passage = new NatPassage(new VirtualTime(), topology, new Watcher() {
        @Override
        public void translated(NatDevice device, Endpoint inside, Endpoint outside, Endpoint to) {
            seen.add("translated");
        }

        @Override
        public void turnedAway(NatDevice device, Endpoint from, Endpoint to) {
            seen.add("turned away");
        }
    });

    private Endpoint main(int node) {
        return topology.endpoint(node, SocketId.MAIN);
    }

    private void homeAndOffice(NatOptions home) {
        topology.nat(home, 0, 1);
        topology.nat(NatOptions.of(NatKind.FULL_CONE), 2);
    }

    @Test
    void publicNodesSeeEachOtherAsTheyAre() {
        assertEquals(Optional.of(main(3)), passage.leave(main(3), main(4)));
        assertEquals(Optional.of(main(4)), passage.enter(main(3), main(4)));
        assertEquals(List.of(), seen);
    }

    @Test
    void nodesBehindOneDeviceShareItsAddressAndHaveTheirOwnPorts() {
        homeAndOffice(NatOptions.of(NatKind.PORT_RESTRICTED));
        Endpoint first = passage.leave(main(0), main(3)).orElseThrow();
        Endpoint second = passage.leave(main(1), main(3)).orElseThrow();
        assertEquals(first.address(), second.address());
        assertNotEquals(first.port(), second.port());
        assertEquals(Optional.of(main(0)), passage.enter(main(3), first));
        assertEquals(Optional.of(main(1)), passage.enter(main(3), second));
        assertEquals(Optional.empty(), passage.enter(main(4), first));
        assertEquals(List.of("translated", "translated", "turned away"), seen);
    }

    @Test
    void nodesOfOneNetworkReachEachOtherUntranslated() {
        homeAndOffice(NatOptions.of(NatKind.SYMMETRIC));
        assertEquals(Optional.of(main(0)), passage.leave(main(0), main(1)));
        assertEquals(Optional.of(main(1)), passage.enter(main(0), main(1)));
    }

    @Test
    void privateAddressOfAnotherNetworkLeadsNowhere() {
        homeAndOffice(NatOptions.of(NatKind.FULL_CONE));
        assertEquals(Optional.empty(), passage.leave(main(0), main(2)));
        assertEquals(Optional.empty(), passage.leave(main(3), main(0)));
        assertEquals(Optional.empty(), passage.leave(main(3), Endpoint.of("192.0.2.1", 1)));
    }

    @Test
    void ownPublicAddressAnswersInsideOnlyWithHairpinning() {
        homeAndOffice(NatOptions.of(NatKind.FULL_CONE));
        Endpoint second = passage.leave(main(1), main(3)).orElseThrow();
        assertEquals(Optional.empty(), passage.leave(main(0), second));
    }

    @Test
    void hairpinnedDatagramComesFromThePublicAddressAndIsFilteredAsAnyOther() {
        homeAndOffice(NatOptions.of(NatKind.ADDRESS_RESTRICTED).withHairpinning());
        Endpoint second = passage.leave(main(1), main(3)).orElseThrow();
        Endpoint first = passage.leave(main(0), second).orElseThrow();
        assertEquals(second.address(), first.address());
        assertEquals(Optional.empty(), passage.enter(first, second));
        passage.leave(main(1), first);
        assertEquals(Optional.of(main(1)), passage.enter(first, second));
    }

    @Test
    void nodeThatMovedLeavesItsAddressBehind() {
        Endpoint before = main(4);
        homeAndOffice(NatOptions.of(NatKind.FULL_CONE));
        topology.nat(NatOptions.of(NatKind.FULL_CONE), 4);
        assertNotEquals(before, main(4));
        assertEquals(Optional.empty(), passage.leave(main(3), before));
    }
}
