// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.network.Await;
import io.streamrelay.itests.network.field.Publisher.Sent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A gateway whose store is cut or scribbled over, at places that a seed draws, while it is off. It starts, and it fetches
 * from its neighbour what that still holds. In every other round commits are hidden behind the damage, and it says so; in
 * the others nothing of worth may have been hit, or what is hit looks like a power cut.
 */
@InTheField
@Execution(ExecutionMode.CONCURRENT)
class DamagedStoreIT {

    private static final int ROUNDS = Field.count(6, 200);
    private static final long SEED = Long.getLong("field.seed", 4);
    private static final int COUNT = 20;
    private static final int SCRIBBLE_BYTES_MAX = 4_096;
    /** The head of a frame in the log and the beginning of what it holds. */
    private static final int FRAME_BYTES = 64;
    /** What 20 messages and a start take at the least: several commits of a block each. */
    private static final int LOG_BYTES_MIN = 3 * 4_096;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(3);

    @Test
    void aGatewayWithADamagedStoreStartsAndFetchesWhatItsNeighbourHolds() throws Exception {
        Random random = new Random(SEED);
        int told = 0;
        int doubled = 0;
        try (Neighbours both = Neighbours.open("damage")) {
            PlainGateway here = both.here();
            for (int round = 0; round < ROUNDS; round++) {
                Publisher.publish(here.brokerUrl(), "field/five/own", COUNT);
                assertTrue(Await.comes(PATIENCE, () -> sent(here) >= COUNT), () -> here.stats()
                        .toString());
                here.kill();
                String topic = "field/five/held/" + round;
                Set<Sent> held = Publisher.publish(both.there().brokerUrl(), topic, COUNT);
                boolean isCertain = round % 2 == 0;
                if (isCertain) {
                    hideCommits(here.dataFolder(), random);
                } else {
                    damage(here.dataFolder(), random);
                }
                try (Reader reader = here.reader("field/five/held/#")) {
                    here.start();
                    Tally tally = Tally.of(reader, held, PATIENCE, QUIET);
                    assertEquals(Set.of(), tally.lost(), "round " + round + ": " + tally + ", " + here.log());
                    doubled += tally.doubled().size();
                }
                boolean tells = tellsOfDamage(here.log());
                assertTrue(tells || !isCertain, "round " + round + ": nothing is said in " + here.log());
                told += tells ? 1 : 0;
            }
        }
        System.out.printf(
                "%d stores damaged, seed %d: %d starts that say so, %d messages twice, %d held ones fetched%n",
                ROUNDS, SEED, told, doubled, ROUNDS * COUNT);
    }

    /** Since its start: what its store has committed. */
    private static long sent(PlainGateway gateway) {
        return gateway.stats().get("counters").path("sent.messages").asLong();
    }

    /** Turns over a part of the first commit in the log: behind it is what was committed since, no cut could leave that. */
    private static void hideCommits(Path folder, Random random) throws IOException {
        Path log = stores(folder).stream()
                .filter(file ->
                        file.toString().endsWith(".log") && file.toFile().length() >= LOG_BYTES_MIN)
                .reduce((earlier, later) -> later)
                .orElseThrow();
        try (RandomAccessFile access = new RandomAccessFile(log.toFile(), "rw")) {
            byte[] part = new byte[1 + random.nextInt(FRAME_BYTES)];
            int place = random.nextInt(FRAME_BYTES - part.length + 1);
            access.seek(place);
            access.readFully(part);
            for (int i = 0; i < part.length; i++) {
                part[i] ^= (byte) (1 + random.nextInt(255));
            }
            access.seek(place);
            access.write(part);
        }
    }

    /** Cuts a file of the store, or writes over a part of it. */
    private static void damage(Path folder, Random random) throws IOException {
        List<Path> files = stores(folder);
        assertFalse(files.isEmpty(), () -> "there is no store in " + folder);
        Path file = files.get(random.nextInt(files.size()));
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            long place = random.nextLong(access.length());
            if (random.nextBoolean()) {
                access.setLength(place);
            } else {
                byte[] scribble = new byte[1 + random.nextInt(SCRIBBLE_BYTES_MAX)];
                random.nextBytes(scribble);
                access.seek(place);
                access.write(scribble);
            }
        }
    }

    /** The database with its log, and the log of packets, as far as there is something in them. */
    private static List<Path> stores(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("store\\.db(-wal)?|packets-.*\\.log"))
                    .filter(file -> file.toFile().length() > 0)
                    .sorted()
                    .toList();
        }
    }

    private static boolean tellsOfDamage(Path log) throws IOException {
        return Files.readString(log).contains("damaged");
    }
}
