// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoreChange.PutDelivery;
import io.streamrelay.api.store.StoreChange.PutPacket;
import io.streamrelay.api.store.StoreChange.RemoveDelivery;
import io.streamrelay.api.store.StoreChange.RemovePacket;
import io.streamrelay.api.store.StoredDelivery;
import io.streamrelay.api.store.StoredPacket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed in the middle of its commits: what it had said was committed is there. */
class KilledStoreTest {

    private static final int ROUNDS = 10;
    private static final int REPORTS_MAX = 1_500;

    /** How many commits wait at a time: as from a busy bridge. */
    private static final int WAITING = 40;

    @TempDir
    Path folder;

    @Test
    void holdsEveryCommitThatWasReported() throws Exception {
        long seed = Long.getLong("srp.seed", 7);
        SplittableRandom random = new SplittableRandom(seed);
        int next = 1;
        Set<Integer> reported = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            reported.addAll(runAndKill(next, 1 + random.nextInt(REPORTS_MAX)));
            int highest = check(reported, "-Dsrp.seed=" + seed + " round " + round);
            next = highest + 1;
        }
        System.out.printf("%d kills: all of %d reported commits are there%n", ROUNDS, reported.size());
    }

    /** Kills the process when it has reported so many commits, and reads what it reported meanwhile. */
    private List<Integer> runAndKill(int first, int reports) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Committing.class.getName(),
                        folder.toString(),
                        Integer.toString(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Integer> reported = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // The last line may be cut off; a whole one ends so.
                if (line.endsWith(".")) {
                    reported.add(Integer.parseInt(line.substring(0, line.length() - 1)));
                }
                if (reported.size() == reports) {
                    // By its handle, which leaves the stream with what was reported open.
                    process.toHandle().destroyForcibly();
                }
            }
        }
        assertTrue(reported.size() >= reports, "the process has ended by itself");
        return reported;
    }

    private int check(Set<Integer> reported, String context) throws IOException {
        try (PacketStore store = new SqlitePacketStoreFactory().open(folder)) {
            Contents.check(store);
            Set<Integer> packets = store.packets().stream()
                    .map(StoredPacket::id)
                    .map(id -> (int) (PacketRow.key(id.bytes()) >> Integer.SIZE))
                    .collect(Collectors.toSet());
            Set<Integer> deliveries = store.consumers().stream()
                    .flatMap(name -> store.deliveries(name, -1, Integer.MAX_VALUE).stream())
                    .map(StoredDelivery::number)
                    .map(Long::intValue)
                    .collect(Collectors.toSet());
            int last = packets.stream().mapToInt(Integer::intValue).max().orElse(0);
            Set<Integer> stay = reported.stream()
                    .filter(number -> Committing.stays(number) || number > last - Committing.HELD)
                    .collect(Collectors.toSet());
            assertTrue(packets.containsAll(stay), context);
            assertEquals(packets, deliveries, "commits are whole: " + context);
            assertEquals(List.of(), DatabaseImage.setAside(folder), context);
            return last;
        }
    }

    /** Commits without end and reports each commit that is done; all but a few go after a while. */
    static final class Committing {

        private static final int HELD = 200;
        private static final int ONE_STAYS_OF = 20;

        private Committing() {}

        static boolean stays(int number) {
            return number % ONE_STAYS_OF == 0;
        }

        private static List<StoreChange> changes(int number) {
            List<StoreChange> changes = new ArrayList<>();
            changes.add(new PutPacket(Contents.packet(number)));
            changes.add(new PutDelivery(Contents.delivery(number)));
            int old = number - HELD;
            if (old > 0 && !stays(old)) {
                changes.add(new RemovePacket(Samples.id(old)));
                changes.add(new RemoveDelivery(Contents.delivery(old).consumer(), old));
            }
            return changes;
        }

        public static void main(String[] arguments) throws Exception {
            PacketStore store = new SqlitePacketStoreFactory().open(Path.of(arguments[0]));
            Semaphore room = new Semaphore(WAITING);
            for (int i = Integer.parseInt(arguments[1]); ; i++) {
                int number = i;
                room.acquire();
                store.commit(changes(i)).thenRun(() -> {
                    System.out.print(number + ".\n");
                    room.release();
                });
            }
        }
    }
}
