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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a disk has to write for each byte that a publisher sends, when a gateway commits as it was seen to under 5,000
 * messages a second: some 12 to 15 kB of messages at once, as packets of 1,288 bytes with all their headers, and a note
 * of the messages' names. A disk writes blocks: the last one of a commit is written again with the next.
 */
class WearTest {

    private static final int COMMITS = 300;
    private static final int PACKET_BYTES = 1_288;

    /** A ring of places that is gone through more than once. */
    private static final int NOTES = 200;

    private static final int PASSED_ON_TOGETHER = 10;

    /** Nothing is moved to the file before the end, so that the log tells what was written. */
    private static final DatabaseSettings LONG_LOG =
            new DatabaseSettings(DatabaseSettings.DEFAULT.blocksMax(), 1 << 20, Duration.ZERO);

    @TempDir
    Path folder;

    private final Random random = new Random(20);
    private int packets;
    private final List<StoreChange> held = new ArrayList<>();

    /**
     * What one commit keeps.
     *
     * @param packetBytes of all packets together
     * @param noteBytes of the note
     */
    private record Load(int messages, int messageBytes, int packetBytes, int noteBytes) {}

    /** How much is written for each byte of payload: when it is committed, and when it is moved to the file. */
    private record Wear(double log, double file) {}

    @Test
    void isBoundedForSmallMessages() throws Exception {
        Wear wear = wearOf(new Load(59, 200, 15_753, 1_372));
        assertTrue(wear.log() < 2.45 && wear.file() < 1.6, wear::toString);
    }

    @Test
    void isBoundedForLargeMessages() throws Exception {
        Wear wear = wearOf(new Load(15, 1_000, 19_905, 363));
        assertTrue(wear.log() < 2.2 && wear.file() < 1.55, wear::toString);
    }

    private Wear wearOf(Load load) throws Exception {
        double payload = (double) COMMITS * load.messages() * load.messageBytes();
        long blocks = 0;
        PacketStore store =
                new SqlitePacketStoreFactory(StoreLimits.DEFAULT, LONG_LOG, StoreClocks.SYSTEM).open(folder);
        try (store) {
            for (int i = 0; i < COMMITS; i++) {
                blocks += blocksOf(store, changes(load, i));
                if (i % PASSED_ON_TOGETHER == 0) {
                    blocks += blocksOf(store, held);
                    held.clear();
                }
            }
        }
        Wear wear =
                new Wear(blocks * Layout.BLOCK_BYTES / payload, store.counters().get("file.bytes") / payload);
        System.out.printf(
                "messages of %d bytes: %.2f bytes to the log for each of payload, %.2f more to the file%n",
                load.messageBytes(), wear.log(), wear.file());
        return wear;
    }

    private List<StoreChange> changes(Load load, int commit) {
        List<StoreChange> changes = new ArrayList<>();
        for (int left = load.packetBytes(); left > 0; left -= PACKET_BYTES) {
            packets++;
            changes.add(new PutPacket(
                    StoredPacket.fresh(Samples.id(packets), noise(Math.min(left, PACKET_BYTES)), true, 0, 1L << 30)));
            held.add(new PacketPassedOn(Samples.id(packets)));
        }
        changes.add(new PutNote("sent/field/mqtt:five/%04d".formatted(commit % NOTES), noise(load.noteBytes())));
        return changes;
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    /** How many blocks of the log a commit writes, whole or in part. */
    private static long blocksOf(PacketStore store, List<StoreChange> changes) throws Exception {
        long before = store.counters().get("wal.bytes");
        store.commit(List.copyOf(changes)).toCompletableFuture().get(60, SECONDS);
        long after = store.counters().get("wal.bytes");
        return (after + Layout.BLOCK_BYTES - 1) / Layout.BLOCK_BYTES - before / Layout.BLOCK_BYTES;
    }
}
