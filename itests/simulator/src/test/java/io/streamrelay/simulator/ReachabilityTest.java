// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReachabilityTest {

    private final Reachability reachability = new Reachability();

    @Test
    void cutsOneLinkInBothDirectionsUntilItIsMended() {
        reachability.cut(1, 2);
        assertFalse(reachability.between(1, 2));
        assertFalse(reachability.between(2, 1));
        assertTrue(reachability.between(1, 3));
        reachability.mend(2, 1);
        assertTrue(reachability.between(1, 2));
    }

    @Test
    void partitionLeavesEachSideToItself() {
        reachability.isolate(Set.of(0, 1));
        assertTrue(reachability.between(0, 1));
        assertTrue(reachability.between(2, 3));
        assertFalse(reachability.between(1, 2));
    }

    @Test
    void cutsOneDirectionAlone() {
        reachability.cutOneWay(1, 2);
        assertFalse(reachability.between(1, 2));
        assertTrue(reachability.between(2, 1));
        reachability.mend(2, 1);
        assertTrue(reachability.between(1, 2));
    }

    @Test
    void contactLeavesAllOthersAlone() {
        reachability.contact(0, 1);
        assertTrue(reachability.between(0, 1));
        assertFalse(reachability.between(1, 2));
        assertFalse(reachability.between(2, 3));
        reachability.contact();
        assertFalse(reachability.between(0, 1));
        assertTrue(reachability.between(2, 2));
    }

    @Test
    void islandsReachNobodyElse() {
        reachability.islands(List.of(Set.of(0, 1), Set.of(2, 3)));
        assertTrue(reachability.between(2, 3));
        assertFalse(reachability.between(1, 2));
        assertFalse(reachability.between(0, 4));
        assertTrue(reachability.between(4, 5));
    }

    @Test
    void lineHasNeighboursAlone() {
        reachability.line(3);
        assertTrue(reachability.between(0, 1));
        assertTrue(reachability.between(2, 1));
        assertFalse(reachability.between(0, 2));
    }

    @Test
    void cutLinksOutliveAPartition() {
        reachability.cut(1, 2);
        reachability.isolate(Set.of(0));
        reachability.join();
        assertTrue(reachability.between(0, 1));
        assertFalse(reachability.between(1, 2));
    }
}
