// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.AbsentPeer;
import io.streamrelay.api.BacklogInfo;
import io.streamrelay.api.BridgeInfo;
import io.streamrelay.api.Endpoint;
import io.streamrelay.api.StoreInfo;
import io.streamrelay.console.FakeRelay;
import io.streamrelay.console.FakeSubcluster;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckupTest {

    private static final long WALL_MS = 1_800_000_000_000L;

    private final FakeRelay relay = new FakeRelay();
    private FakeSubcluster demo;

    @BeforeEach
    void aGatewayThatIsWell() {
        demo = relay.open("demo");
        relay.peers.add(FakeRelay.peer("a", true, 0, demo.id()));
    }

    private Finding finding(Check check, BridgeInfo... bridges) {
        Snapshot snapshot = new Photographer("1")
                .take(
                        relay,
                        List.of(bridges).stream()
                                .map(info -> (io.streamrelay.api.BridgeStatus) () -> info)
                                .toList(),
                        1,
                        WALL_MS);
        return snapshot.findings().stream()
                .filter(each -> each.check() == check)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void findsNothingWhenAllIsWell() {
        for (Check check : Check.values()) {
            Finding finding = finding(check, Views.bridge("demo", true));
            assertEquals(Level.OK, finding.level(), finding.text());
            assertTrue(finding.advice().isEmpty());
        }
    }

    @Test
    void aFullBacklogIsBadAndANearlyFullOneIsToBeWatched() {
        relay.store = new StoreInfo(0, 100, 80, 100, List.of());
        assertEquals(Level.WATCH, finding(Check.STORE).level());
        relay.store = new StoreInfo(0, 100, 100, 100, List.of());
        assertEquals(Level.BAD, finding(Check.STORE).level());
        assertFalse(finding(Check.STORE).advice().isEmpty());
    }

    @Test
    void aStoreThatCannotBeWrittenIsBad() {
        relay.counters.put("store.failing", 1L);
        assertEquals(Level.BAD, finding(Check.STORE).level());
    }

    @Test
    void aBrokerThatIsAwayIsBadAndNamed() {
        Finding finding = finding(Check.BROKER, Views.bridge("demo", false), Views.bridge("other", true));
        assertEquals(Level.BAD, finding.level());
        assertTrue(finding.text().contains("demo at tcp://127.0.0.1:1883: connection refused"), finding.text());
        assertFalse(finding.text().contains("other"), finding.text());
    }

    @Test
    void noPeerIsToBeWatchedAndThePortNamed() {
        relay.peers.clear();
        assertEquals(Level.WATCH, finding(Check.PEERS).level());
        assertTrue(finding(Check.PEERS).advice().contains("19777"));
    }

    @Test
    void aPeerThatHasGoneIsToBeWatchedForAWhile() {
        relay.absent.add(gone(60_000));
        assertEquals(Level.WATCH, finding(Check.PEERS).level());
        assertTrue(finding(Check.PEERS).text().startsWith("1 connected, 1 has gone lately"));
        relay.absent.set(0, gone(600_000));
        assertEquals(Level.OK, finding(Check.PEERS).level());
    }

    private static AbsentPeer gone(long silentMs) {
        return new AbsentPeer(FakeRelay.id("c"), Endpoint.of("192.0.2.9", 19777), silentMs);
    }

    @Test
    void aPeerThatIsBehindIsToldWithoutAlarm() {
        relay.peers.add(FakeRelay.peer("b", false, 3, demo.id()));
        assertEquals(Level.OK, finding(Check.PEERS).level());
        assertTrue(finding(Check.PEERS).text().contains("1 still catching up"));
    }

    @Test
    void aBacklogIsToBeWatchedWhenItIsOld() {
        relay.backlog.add(new BacklogInfo(demo.id(), 1, 100, 60_000));
        assertEquals(Level.OK, finding(Check.BACKLOG).level());
        relay.backlog.set(0, new BacklogInfo(demo.id(), 1, 100, 3_600_000));
        assertEquals(Level.WATCH, finding(Check.BACKLOG).level());
        assertTrue(finding(Check.BACKLOG).text().startsWith("1 message of demo"));
    }
}
