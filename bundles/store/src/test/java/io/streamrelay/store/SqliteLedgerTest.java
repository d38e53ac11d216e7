// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.store.NothingWrittenException;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoreChange.PacketDelivered;
import io.streamrelay.api.store.StoreChange.PacketPassedOn;
import io.streamrelay.api.store.StoreChange.PutDelivery;
import io.streamrelay.api.store.StoreChange.PutNote;
import io.streamrelay.api.store.StoreChange.PutPacket;
import io.streamrelay.api.store.StoreChange.PutPeer;
import io.streamrelay.api.store.StoreChange.RemoveDelivery;
import io.streamrelay.api.store.StoreChange.RemovePacket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SqliteLedgerTest {

    private static final SQLException FULL = new SQLException("database or disk is full", null, 13);
    private static final SQLException CONSTRAINT = new SQLException("constraint failed", null, 19);
    private static final StoreChange PUT = new PutPacket(Samples.packet(1));
    private static final StoreChange BAD = new PutPacket(Samples.packet(666));
    private static final StoreChange REMOVE = new RemovePacket(Samples.id(2));
    private static final StoreChange PASSED_ON = new PacketPassedOn(Samples.id(3));
    private static final Duration REST = Duration.ofMillis(100);

    private final TestClocks clocks = new TestClocks();
    private final FakeDisk disk = new FakeDisk();
    private final StoreHealth health =
            new StoreHealth(Path.of("somewhere"), clocks.clocks().nanos());
    private final SqliteLedger ledger = new SqliteLedger(Path.of("somewhere"), disk, health, 3);

    /** A database that is full, or refuses one packet, when a test says so. */
    private static final class FakeDisk implements Transactions {

        private final List<List<StoreChange>> written = new ArrayList<>();
        private boolean full;
        private boolean takesRemovals;
        private int tries;
        private int relieved;
        private int probes;

        @Override
        public void write(List<StoreChange> changes) throws SQLException {
            tries++;
            boolean removes = changes.stream().noneMatch(PutPacket.class::isInstance);
            if (full && !(takesRemovals && removes)) {
                throw FULL;
            }
            if (changes.contains(BAD)) {
                throw CONSTRAINT;
            }
            written.add(List.copyOf(changes));
        }

        @Override
        public void probe() throws SQLException {
            tries++;
            probes++;
            if (full) {
                throw FULL;
            }
        }

        @Override
        public void relieve() {
            relieved++;
        }

        @Override
        public long waitNanos() {
            return Long.MAX_VALUE;
        }

        @Override
        public void attend() {
            // The clock does not jump here.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    @Test
    void writesAGroupTogether() {
        assertTrue(allPass(ledger.commit(List.of(List.of(PUT), List.of(REMOVE, PASSED_ON)))));

        assertEquals(List.of(List.of(PUT, REMOVE, PASSED_ON)), disk.written);
    }

    @Test
    void writesNothingForPeersAlone() {
        assertTrue(allPass(ledger.commit(List.of(List.of(new PutPeer(Samples.peer(1))), List.of()))));

        assertEquals(0, disk.tries);
    }

    @Test
    void failsNobodyForTheFaultOfAnother() {
        List<Optional<Exception>> failures = ledger.commit(List.of(List.of(PUT), List.of(REMOVE, BAD), List.of(PUT)));

        assertTrue(failures.get(0).isEmpty() && failures.get(2).isEmpty());
        assertSame(CONSTRAINT, failures.get(1).orElseThrow());
        assertEquals(List.of(List.of(PUT), List.of(PUT)), disk.written);
        assertFalse(health.isFailing());
    }

    @Test
    void failsAllWhenTheDiskIsFullButPeers() {
        disk.full = true;
        List<Optional<Exception>> failures =
                ledger.commit(List.of(List.of(PUT), List.of(new PutPeer(Samples.peer(1))), List.of(REMOVE)));

        assertInstanceOf(NothingWrittenException.class, failures.get(0).orElseThrow());
        assertTrue(failures.get(0).orElseThrow().getMessage().contains("somewhere"));
        assertTrue(failures.get(1).isEmpty());
        assertTrue(failures.get(2).isPresent());
        assertEquals(1, counters().get("failing"));
    }

    @Test
    void paysWhatItOwesBeforeTheNextGroup() {
        disk.full = true;
        ledger.commit(List.of(List.of(PUT, REMOVE), List.of(PASSED_ON), List.of(PASSED_ON)));
        assertEquals(2, counters().get("owed"));
        disk.full = false;
        clocks.passes(REST);
        assertTrue(allPass(ledger.commit(List.of(List.of(PUT)))));

        assertEquals(List.of(List.of(REMOVE, PASSED_ON), List.of(PUT)), disk.written);
        assertEquals(0, counters().get("owed"));
        assertEquals(0, counters().get("failing"));
    }

    @Test
    void paysWhatItOwesThoughThereIsNoRoomForMore() {
        disk.full = true;
        disk.takesRemovals = true;
        ledger.commit(List.of(List.of(PUT, REMOVE)));
        clocks.passes(REST);
        ledger.commit(List.of(List.of(PUT)));

        assertEquals(List.of(List.of(REMOVE)), disk.written);
        assertTrue(health.isFailing(), "what only removes says nothing about room");
    }

    @Test
    void keepsAPacketWhoseMessageCouldNotBePut() {
        StoreChange delivered = new PacketDelivered(Samples.id(4));
        StoreChange acknowledged = new RemoveDelivery("mqtt", 1);
        disk.full = true;
        ledger.commit(List.of(
                List.of(new PutDelivery(Samples.delivery("mqtt", 2)), delivered, REMOVE),
                List.of(new PutNote("k", new byte[1]), acknowledged)));
        disk.full = false;
        clocks.passes(REST);
        ledger.commit(List.of(List.of(PUT)));

        assertEquals(List.of(List.of(acknowledged), List.of(PUT)), disk.written);
    }

    @Test
    void doesNotWearAFullDisk() {
        disk.full = true;
        for (int i = 0; i < 100; i++) {
            ledger.commit(List.of(List.of(PUT)));
            clocks.passes(Duration.ofMillis(3));
        }
        assertTrue(disk.tries <= 4, () -> disk.tries + " tries in 300 ms");
    }

    @Test
    void recoversByItself() {
        disk.full = true;
        ledger.commit(List.of(List.of(PUT, REMOVE)));
        assertTrue(ledger.waitNanos() <= Duration.ofSeconds(1).toNanos());
        clocks.passes(Duration.ofSeconds(1));
        ledger.attend();
        assertEquals(1, counters().get("failing"));

        disk.full = false;
        clocks.passes(Duration.ofSeconds(1));
        ledger.attend();
        assertEquals(0, counters().get("failing"));
        assertEquals(List.of(List.of(REMOVE)), disk.written);
    }

    /** Else a store that is kept busy would never find that it has room again. */
    @Test
    void looksForRoomThoughCommitsKeepFailing() {
        disk.full = true;
        for (int i = 0; i < 40; i++) {
            ledger.commit(List.of(List.of(PUT)));
            ledger.attend();
            clocks.passes(REST);
        }
        assertTrue(disk.probes >= 3, () -> disk.probes + " in 4 s");
        assertTrue(disk.relieved >= disk.probes, "what can go has gone before");
    }

    @Test
    void writesLargeGroupsInPieces() {
        StoreChange large = new StoreChange.PutNote("k", new byte[60_000]);
        List<List<StoreChange>> group = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            group.add(List.of(large));
        }
        assertTrue(allPass(ledger.commit(group)));

        assertEquals(3, disk.written.size());
        assertEquals(40, disk.written.stream().mapToInt(List::size).sum());
    }

    @Test
    void complainsOnceAndSaysOnceThatItIsOver() {
        String log = LoggedText.of(() -> {
            disk.full = true;
            for (int i = 0; i < 10; i++) {
                ledger.commit(List.of(List.of(PUT)));
                disk.full = !disk.full;
                clocks.passes(Duration.ofSeconds(1));
                ledger.attend();
            }
            disk.full = false;
            for (int i = 0; i < 10; i++) {
                clocks.passes(Duration.ofSeconds(1));
                ledger.attend();
            }
        });

        assertEquals(1, count(log, "WARN"), log);
        assertTrue(log.contains("the store in somewhere cannot be written (database or disk is full): messages are"
                + " relayed but not accepted; free some room"));
        assertFalse(health.isRecovering(), "that it is over was said");
    }

    @Test
    void triesOnceMoreWhenItCloses() {
        disk.full = true;
        ledger.commit(List.of(List.of(REMOVE)));
        disk.full = false;
        ledger.close();

        assertEquals(List.of(List.of(REMOVE)), disk.written);
    }

    private Map<String, Long> counters() {
        Map<String, Long> counters = new TreeMap<>();
        ledger.addCounters(counters);
        return counters;
    }

    private static boolean allPass(List<Optional<Exception>> failures) {
        return failures.stream().allMatch(Optional::isEmpty);
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }
}
