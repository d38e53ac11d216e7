// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.network.Await;
import io.streamrelay.itests.network.field.Publisher.Sent;
import io.streamrelay.itests.network.field.Publisher.Topic;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
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
    private static final int BLOCK_BYTES = 4_096;
    /** What a commit in the log begins with, at the beginning of a block: "SRLf", and more that its checksum covers. */
    private static final int HEAD_MAGIC = 0x53524c66;

    private static final int HEAD_BYTES = 32;
    private static final String READER = "reader";

    /** Longer than the log may be ahead of the database. */
    private static final Duration TELLING = Duration.ofSeconds(2);

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
                    damage(stores(here.dataFolder()), random);
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

    /**
     * What waits for a broker that stands still is in the store that is damaged, and its neighbour has handed it over. Where
     * nothing is said nothing has gone; what has gone is fetched.
     */
    @Test
    void whatWaitsForItsBrokerInADamagedStoreComesOnce() throws Exception {
        Random random = new Random(SEED);
        int told = 0;
        long kept = 0;
        try (Neighbours both = Neighbours.open("outbox")) {
            PlainGateway here = both.here();
            new Reader(here.brokerUrl(), Neighbours.TOPICS, READER, false).close();
            for (int round = 0; round < ROUNDS; round++) {
                here.broker().standStill();
                Set<Sent> waiting;
                long inStore;
                try {
                    boolean isCertain = round % 3 < 2;
                    waiting = fillOutbox(both, "field/five/waiting/" + round);
                    damageKilled(here, round, random);
                    both.silence();
                    here.start();
                    inStore = here.outbox();
                    boolean tells = tellsOfDamage(here.log());
                    assertTrue(
                            tells || !isCertain && inStore == COUNT,
                            "round " + round + ": " + inStore + " are left, and nothing is said in " + here.log());
                    told += tells ? 1 : 0;
                    kept += Math.min(inStore, COUNT);
                    both.hear();
                } finally {
                    here.broker().goOn();
                }
                try (Reader reader = new Reader(here.brokerUrl(), Neighbours.TOPICS, READER, false)) {
                    Tally tally = Tally.of(reader, waiting, PATIENCE, QUIET);
                    assertTrue(tally.isExact(), "round " + round + ": " + tally + ", " + here.log());
                }
            }
        }
        System.out.printf(
                "%d stores damaged, seed %d: %d starts that say so; %d of %d messages in the outbox were left, all came once%n",
                ROUNDS, SEED, told, kept, ROUNDS * COUNT);
    }

    /** By turns: hides commits of the log, takes the database away, damages either at a random place. */
    private static void damageKilled(PlainGateway gateway, int round, Random random) throws Exception {
        if (round % 3 == 0) {
            gateway.kill();
            hideCommits(gateway.dataFolder(), random);
            return;
        }
        // What the log alone has is gone without a word when that is cut, as by a power cut.
        Field.pass(TELLING);
        gateway.kill();
        if (round % 3 == 1) {
            try (RandomAccessFile access = new RandomAccessFile(
                    gateway.dataFolder().resolve("store.db").toFile(), "rw")) {
                access.setLength(0);
            }
        } else {
            damage(stores(gateway.dataFolder()), random);
        }
    }

    /** Until all of them are in its store. */
    private static Set<Sent> fillOutbox(Neighbours both, String topic) {
        Set<Sent> sent = published(both.there(), topic);
        both.here().awaitOutbox(COUNT, PATIENCE);
        return sent;
    }

    /** With QoS 2: what a broker that stands still has in its buffers it would pass on once more otherwise. */
    private static Set<Sent> published(PlainGateway gateway, String topic) {
        try (Publisher publisher = new Publisher(gateway.brokerUrl(), 500, 200, COUNT, new Topic(topic, 2))) {
            return publisher.awaitAll();
        }
    }

    /** Since its start: what its store has committed. */
    private static long sent(PlainGateway gateway) {
        return gateway.stats().get("counters").path("sent.messages").asLong();
    }

    /** From a random commit on up to the last but one: behind them is what was committed since, no cut could leave that. */
    private static void hideCommits(Path folder, Random random) throws IOException {
        Path log = null;
        List<Integer> heads = List.of();
        for (Path file : stores(folder)) {
            List<Integer> followed = followed(file);
            if (!followed.isEmpty()) {
                log = file;
                heads = followed.subList(random.nextInt(followed.size()), followed.size());
            }
        }
        assertNotNull(log, () -> "there are no two commits in a log in " + folder);
        try (RandomAccessFile access = new RandomAccessFile(log.toFile(), "rw")) {
            for (int head : heads) {
                turnOver(access, head, random);
            }
        }
    }

    /** A part of a commit's head. */
    private static void turnOver(RandomAccessFile access, int head, Random random) throws IOException {
        byte[] part = new byte[1 + random.nextInt(HEAD_BYTES)];
        int place = head + random.nextInt(HEAD_BYTES - part.length + 1);
        access.seek(place);
        access.readFully(part);
        for (int i = 0; i < part.length; i++) {
            part[i] ^= (byte) (1 + random.nextInt(255));
        }
        access.seek(place);
        access.write(part);
    }

    /** Where commits begin in a file, but for the last one. */
    private static List<Integer> followed(Path file) throws IOException {
        if (!file.toString().endsWith(".log")) {
            return List.of();
        }
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file));
        List<Integer> heads = IntStream.iterate(0, at -> at + HEAD_BYTES <= content.limit(), at -> at + BLOCK_BYTES)
                .filter(at -> content.getInt(at) == HEAD_MAGIC)
                .boxed()
                .toList();
        return heads.subList(0, Math.max(0, heads.size() - 1));
    }

    /** Cuts one of the files, or writes over a part of it. */
    private static void damage(List<Path> files, Random random) throws IOException {
        assertFalse(files.isEmpty(), "there is no store");
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
