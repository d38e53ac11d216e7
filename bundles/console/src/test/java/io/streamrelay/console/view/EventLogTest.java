// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.NatType;
import io.streamrelay.console.FakeRelay;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLogTest {

    private static final long WALL_MS = 1_800_000_000_000L;

    private final FakeRelay relay = new FakeRelay();
    private final Photographer photographer = new Photographer("1");
    private final EventLog log = new EventLog();

    private void see(boolean running, boolean broker) {
        log.see(photographer.take(running ? relay : null, List.of(() -> Views.bridge("demo", broker)), 1, WALL_MS));
    }

    private List<String> texts() {
        return log.entries().stream().map(LogEntry::text).toList();
    }

    @Test
    void saysNothingOfTheFirstPicture() {
        see(true, true);
        assertEquals(List.of(), texts());
    }

    @Test
    void tellsPeersThatComeAndGo() {
        see(true, true);
        relay.peers.add(FakeRelay.peer("a", true, 0));
        see(true, true);
        relay.peers.clear();
        see(true, true);
        String id = FakeRelay.id("a").shortHex();
        assertEquals(
                List.of("peer " + id + " is gone", "peer " + id + " is connected at 192.0.2.7:19777, direct"), texts());
    }

    @Test
    void tellsSubclustersBrokersNodesAndNats() {
        see(true, true);
        relay.open("demo");
        see(true, true);
        see(true, false);
        relay.natType = NatType.UNRESTRICTED;
        see(true, false);
        see(false, false);
        List<String> texts = texts();
        assertTrue(texts.contains("subcluster demo is open"), texts.toString());
        assertTrue(texts.contains("bridge demo: tcp://127.0.0.1:1883 is gone"), texts.toString());
        assertTrue(texts.stream().anyMatch(text -> text.contains("unrestricted")), texts.toString());
        assertTrue(texts.contains("the node has ended"), texts.toString());
    }

    @Test
    void numbersGoOnWhenTheOldestAreForgotten() {
        see(true, true);
        for (int i = 0; i < EventLog.ENTRIES_MAX; i++) {
            see(true, i % 2 == 1);
        }
        see(true, false);
        assertEquals(EventLog.ENTRIES_MAX, log.entries().size());
        assertTrue(log.entries().get(0).number() > EventLog.ENTRIES_MAX);
    }
}
