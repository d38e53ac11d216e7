// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoreChange.PacketPassedOn;
import io.streamrelay.api.store.StoreChange.PutNote;
import io.streamrelay.api.store.StoreChange.PutPacket;
import io.streamrelay.api.store.StoredPacket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a disk has to write for each byte that a publisher sends, when a gateway commits as it was seen to under 5,000
 * messages a second: some 40 kB of messages at once, as the fragments of an envelope, and a note of the messages' names.
 */
class WearTest {

    private static final int COMMITS = 200;
    private static final int MESSAGE_BYTES = 1_024;

    /** Of a fragment's header what all of its envelope have. */
    private static final int COMMON_BYTES = 197;

    /** What it alone has: ids, checksum, position. */
    private static final int OWN_BYTES = 67;

    private static final int NAME_BYTES = 22;

    /** The bound of row D20 of the field tests. */
    private static final double LOG_MAX = 1.3;

    /** The database, which is what the bound allows for an index beside. */
    private static final double INDEX_MAX = 0.5;

    /** A ring of places that is gone through more than once. */
    private static final int NOTES = 100;

    /** Seconds pass between, so the database is told of as much at once. */
    private static final int TOLD_TOGETHER = 25;

    @TempDir
    Path folder;

    private final Random random = new Random(20);
    private int packets;

    /** What one commit keeps. */
    private record Load(int messages, int messageBytes) {

        double payload() {
            return (double) messages * messageBytes;
        }
    }

    /** How much is written for each byte of payload. */
    private record Wear(double log, double index) {}

    @Test
    void isBoundedForSmallMessages() throws Exception {
        Wear wear = wearOf(new Load(200, 200));
        assertTrue(wear.log() < LOG_MAX && wear.index() < INDEX_MAX, wear::toString);
    }

    @Test
    void isBoundedForLargeMessages() throws Exception {
        Wear wear = wearOf(new Load(45, 1_000));
        assertTrue(wear.log() < LOG_MAX && wear.index() < INDEX_MAX, wear::toString);
    }

    private Wear wearOf(Load load) throws Exception {
        Wear wear;
        try (PacketStore store = new SqlitePacketStoreFactory().open(folder)) {
            List<StoreChange> passedOn = new ArrayList<>();
            for (int i = 0; i < COMMITS; i++) {
                List<StoreChange> changes = changes(load, i);
                changes.addAll(passedOn);
                passedOn.clear();
                changes.stream()
                        .filter(PutPacket.class::isInstance)
                        .forEach(put -> passedOn.add(
                                new PacketPassedOn(((PutPacket) put).packet().id())));
                store.commit(List.copyOf(changes)).toCompletableFuture().get(60, SECONDS);
                if (i % TOLD_TOGETHER == 0) {
                    store.queue("nobody");
                }
            }
            double payload = COMMITS * load.payload();
            Map<String, Long> counters = store.counters();
            // What is in SQLite's own log comes to the file later: twice.
            wear = new Wear(counters.get("log.written.bytes") / payload, 2.0 * counters.get("wal.bytes") / payload);
        }
        System.out.printf(
                "messages of %d bytes: %.2f bytes to the log for each of payload, %.2f more to the database%n",
                load.messageBytes(), wear.log(), wear.index());
        return wear;
    }

    private List<StoreChange> changes(Load load, int commit) {
        List<StoreChange> changes = new ArrayList<>();
        byte[] common = noise(COMMON_BYTES);
        for (int left = (int) load.payload(); left > 0; left -= MESSAGE_BYTES) {
            packets++;
            ByteBuffer packet = ByteBuffer.allocate(COMMON_BYTES + OWN_BYTES + Math.min(left, MESSAGE_BYTES))
                    .put(common)
                    .put(noise(OWN_BYTES))
                    .put(noise(Math.min(left, MESSAGE_BYTES)));
            changes.add(new PutPacket(StoredPacket.fresh(Samples.id(packets), packet.array(), true, 0, 1L << 30)));
        }
        changes.add(new PutNote("sent/field/mqtt:five/%04d".formatted(commit % NOTES), names(load.messages())));
        return changes;
    }

    /** As text, which is three quarters as long in bits. */
    private byte[] names(int count) {
        return Base64.getUrlEncoder().withoutPadding().encode(noise(count * NAME_BYTES * 3 / 4));
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }
}
