// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeclinedTest {

    private final Declined declined = new Declined();
    private final Set<Id> come = new HashSet<>();

    private static CachedPacket packet(Id cluster, int seed) {
        return CachedPacket.arrived(
                TestPackets.published(cluster, TestPackets.sealed(seed, 300)).get(0), 0);
    }

    private final CachedPacket own = packet(TestPackets.CLUSTER, 1);
    private final CachedPacket other = packet(TestPackets.CLUSTER, 2);
    private final CachedPacket foreign = packet(TestPackets.numbered(99), 3);

    private boolean mayTry(CachedPacket packet, long nowMs) {
        return declined.mayTry(packet, come::contains, nowMs);
    }

    @Test
    void isTriedAgainNowAndThen() {
        declined.add(own, 0);
        assertFalse(mayTry(own, Timing.DECLINED_MS - 1));
        assertTrue(mayTry(own, Timing.DECLINED_MS));
        declined.tries(own, come::contains, Timing.DECLINED_MS);
        assertTrue(declined.isTrial(own));
        assertFalse(mayTry(other, 2 * Timing.DECLINED_MS - 1));
    }

    @Test
    void whoTakesWhatIsTriedMayHaveTheOthers() {
        declined.add(own, 0);
        declined.add(other, 0);
        declined.tries(own, come::contains, Timing.DECLINED_MS);
        come.add(own.id());
        assertTrue(mayTry(other, Timing.DECLINED_MS + 1));
    }

    /** Who carries nothing of a cluster says so as often as it is asked. */
    @Test
    void whatIsDeclinedOfOneClusterSaysNothingOfAnother() {
        declined.add(own, 0);
        declined.add(foreign, Timing.DECLINED_MS - 1);
        assertTrue(mayTry(own, Timing.DECLINED_MS));
        assertFalse(mayTry(foreign, Timing.DECLINED_MS));
    }
}
