// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.network.lab.Lab;
import io.streamrelay.itests.network.lab.LinkQuality;
import io.streamrelay.itests.network.lab.Nat;
import io.streamrelay.itests.network.lab.NatKind;
import io.streamrelay.itests.network.lab.NeedsLab;
import io.streamrelay.itests.network.process.Member;
import io.streamrelay.itests.network.process.OpenHost;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What lines do to houses: they get another address, and they go down. */
@NeedsLab
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class LineIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final LinkQuality LINE = new LinkQuality(10, 3, 1);
    private static final int PER_SECOND = 5;

    /** The house whose line it is about, and another one. */
    private record Houses(Nat nat, Member here, Member there) {

        static Houses in(Lab lab, String cluster) {
            Nat nat = lab.nat("here-nat", NatKind.PORT_RESTRICTED, "203.0.113.101", LINE);
            Nat other = lab.nat("there-nat", NatKind.PORT_RESTRICTED, "203.0.113.102", LINE);
            OpenHost.start(lab, cluster);
            Member here = Member.ours(nat.host("here"), cluster, OpenHost.endpoints());
            Member there = Member.ours(other.host("there"), cluster, OpenHost.endpoints());
            assertTrue(Await.comes(PATIENCE, () -> here.reaches(there)), "the houses do not reach each other");
            return new Houses(nat, here, there);
        }
    }

    @Test
    void nothingIsLostWhenTheAddressChangesWhileMessagesFlow() throws Exception {
        try (Lab lab = Lab.open("address")) {
            Houses houses = Houses.in(lab, "address");
            assertEquals("203.0.113.101:19777", houses.here().reflexive());
            try (Flow out = new Flow(houses.here(), "out", PER_SECOND);
                    Flow in = new Flow(houses.there(), "in", PER_SECOND)) {
                houses.there().awaitTexts(3 * PER_SECOND, PATIENCE);
                houses.nat().moveTo("203.0.113.103");
                assertTrue(
                        Await.comes(PATIENCE, () -> houses.here().reflexive().equals("203.0.113.103:19777")),
                        () -> "it still thinks to be " + houses.here().stats());
                assertTrue(Await.comes(PATIENCE, () -> houses.here().reaches(houses.there())));
                assertEachOnce(out.stop(), houses.there());
                assertEachOnce(in.stop(), houses.here());
            }
        }
    }

    @Test
    void nothingIsLostWhenTheLineIsDownForAMinute() throws Exception {
        try (Lab lab = Lab.open("line")) {
            Houses houses = Houses.in(lab, "line");
            try (Flow out = new Flow(houses.here(), "out", PER_SECOND);
                    Flow in = new Flow(houses.there(), "in", PER_SECOND)) {
                houses.there().awaitTexts(PER_SECOND, PATIENCE);
                houses.nat().unplug();
                new CountDownLatch(1).await(1, TimeUnit.MINUTES);
                houses.nat().plug();
                assertEachOnce(out.stop(), houses.there());
                assertEachOnce(in.stop(), houses.here());
            }
        }
    }

    private static void assertEachOnce(List<String> published, Member at) {
        List<String> heard = at.awaitTexts(published.size(), PATIENCE);
        Set<String> different = new TreeSet<>(heard);
        assertEquals(new TreeSet<>(published), different);
        assertEquals(different.size(), heard.size(), "some came twice");
    }
}
