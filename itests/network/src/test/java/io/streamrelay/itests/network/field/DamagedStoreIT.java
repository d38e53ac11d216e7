// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.karaf.process.Reader;
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
 * A gateway whose store is cut or scribbled over, at places that a seed draws, while it is off. It starts, it says what it
 * put aside, and it fetches from its neighbour what that still holds.
 */
@InTheField
@Execution(ExecutionMode.CONCURRENT)
class DamagedStoreIT {

    private static final int ROUNDS = Field.count(6, 200);
    private static final long SEED = Long.getLong("field.seed", 4);
    private static final int COUNT = 20;
    private static final int SCRIBBLE_BYTES_MAX = 4_096;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(3);

    @Test
    void aGatewayWithADamagedStoreStartsAndFetchesWhatItsNeighbourHolds() throws Exception {
        Random random = new Random(SEED);
        int told = 0;
        int doubled = 0;
        int damaged = 0;
        try (Neighbours both = Neighbours.open("damage")) {
            PlainGateway here = both.here();
            for (int round = 0; round < ROUNDS; round++) {
                Publisher.publish(here.brokerUrl(), "field/five/own", COUNT);
                here.kill();
                String topic = "field/five/held/" + round;
                Set<Sent> held = Publisher.publish(both.there().brokerUrl(), topic, COUNT);
                damaged += damage(here.dataFolder(), random) ? 1 : 0;
                try (Reader reader = here.reader("field/five/held/#")) {
                    here.start();
                    Tally tally = Tally.of(reader, held, PATIENCE, QUIET);
                    assertEquals(Set.of(), tally.lost(), "round " + round + ": " + tally + ", " + here.log());
                    doubled += tally.doubled().size();
                }
                told += tellsOfDamage(here.log()) ? 1 : 0;
            }
        }
        System.out.printf(
                "%d rounds, seed %d: %d stores damaged, %d starts that say so, %d messages twice, %d held ones fetched%n",
                ROUNDS, SEED, damaged, told, doubled, ROUNDS * COUNT);
        assertTrue(damaged > 0, "no store was found to be damaged");
    }

    /** Cuts a file of the store, or writes over a part of it. */
    private static boolean damage(Path folder, Random random) throws IOException {
        List<Path> files = stores(folder);
        if (files.isEmpty()) {
            return false;
        }
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
        return true;
    }

    /** The database and its log, as far as there is something in them. */
    private static List<Path> stores(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("store\\.db(-wal)?"))
                    .filter(file -> file.toFile().length() > 0)
                    .sorted()
                    .toList();
        }
    }

    private static boolean tellsOfDamage(Path log) throws IOException {
        return Files.readString(log).contains("damaged");
    }
}
