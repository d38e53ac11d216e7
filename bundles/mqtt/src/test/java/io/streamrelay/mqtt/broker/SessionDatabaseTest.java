// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionDatabaseTest {

    private static final int MESSAGES = 200;
    private static final int PAYLOAD_BYTES = 300;
    private static final int PAGE_BYTES = 4_096;

    /** The first pages: the schema, the roots of both tables, and that of the second one's index. */
    private static final int ROOTS = 4;

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("exchanges.db");
    }

    private static Message message(int number) {
        String text = "%0" + PAYLOAD_BYTES + "d";
        return new Message("t", text.formatted(number).getBytes(UTF_8), 2, false, null, List.of());
    }

    private void fill() throws IOException {
        GroupCommit commits = new GroupCommit(new SessionDatabase(file()));
        CustodyTable table = new CustodyTable(commits, folder.resolve("received"));
        for (int number = 1; number <= MESSAGES; number++) {
            table.put(new CustodyTable.Entry(number, number, message(number)));
        }
        commits.awaitAll();
        commits.close();
    }

    private List<CustodyTable.Entry> load() throws IOException {
        GroupCommit commits = new GroupCommit(new SessionDatabase(file()));
        try {
            return new CustodyTable(commits, folder.resolve("received")).load();
        } finally {
            commits.close();
        }
    }

    private List<String> aside() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString())
                    .filter(name -> name.contains(".damaged") && !name.endsWith("-wal") && !name.endsWith("-shm"))
                    .sorted()
                    .toList();
        }
    }

    /** A bridge that was stopped may write for longer than its end is waited for. */
    @Test
    void waitsForTheOneBefore() throws Exception {
        fill();
        SessionDatabase before = new SessionDatabase(file());
        CountDownLatch writing = new CountDownLatch(1);
        CompletableFuture<Void> last = CompletableFuture.runAsync(() -> {
            try {
                before.transact(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("DELETE FROM custody");
                    }
                    writing.countDown();
                    pauseMs(500);
                    return null;
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertTrue(writing.await(30, TimeUnit.SECONDS));
        assertEquals(List.of(), load());
        last.get(30, TimeUnit.SECONDS);
        before.close();
    }

    private static void pauseMs(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void beginsAnewBesideAFileThatIsNoDatabase() throws IOException {
        byte[] foreign =
                "no database at all, whatever its name may say".repeat(100).getBytes(UTF_8);
        Files.write(file(), foreign);
        fill();
        assertEquals(MESSAGES, load().size());
        assertEquals(List.of("exchanges.db.damaged"), aside());
        assertArrayEquals(foreign, Files.readAllBytes(folder.resolve("exchanges.db.damaged")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRAGMA user_version = 2", "PRAGMA application_id = 1"})
    void setsAsideWhatAnotherProgramOrVersionWrote(String change) throws Exception {
        fill();
        try (var connection = SessionDatabase.connect(file());
                Statement statement = connection.createStatement()) {
            statement.execute(change);
        }
        assertEquals(MESSAGES, load().size(), "what it can read it takes over");
        assertEquals(List.of("exchanges.db.damaged"), aside());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void handsOutAllButWhatIsDamaged(int seed) throws IOException {
        fill();
        Random random = new Random(seed);
        byte[] bytes = Files.readAllBytes(file());
        int page = ROOTS + random.nextInt(bytes.length / PAGE_BYTES - ROOTS);
        byte[] noise = new byte[PAGE_BYTES];
        random.nextBytes(noise);
        ByteBuffer.wrap(bytes).put(page * PAGE_BYTES, noise);
        Files.write(file(), bytes);

        List<CustodyTable.Entry> left = load();
        assertTrue(left.size() >= MESSAGES - PAGE_BYTES / PAYLOAD_BYTES, "but a page: " + left.size());
        for (CustodyTable.Entry entry : left) {
            assertArrayEquals(
                    message((int) entry.number()).payload(), entry.message().payload());
        }
        assertEquals(List.of("exchanges.db.damaged"), aside());
        fill();
        assertEquals(MESSAGES, load().size(), "it is fit for use again");
    }

    @Test
    void takesOverWhatIsLeftOfAFileThatWasCutOff() throws IOException {
        fill();
        byte[] bytes = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(bytes, bytes.length / 2));
        int left = load().size();
        assertTrue(left > MESSAGES / 4 && left < MESSAGES, left + " of them");
        fill();
        assertEquals(MESSAGES, load().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void beginsAnewWhenARootIsDamaged(int page) throws IOException {
        fill();
        byte[] bytes = Files.readAllBytes(file());
        byte[] noise = new byte[PAGE_BYTES];
        new Random(page).nextBytes(noise);
        ByteBuffer.wrap(bytes).put(page * PAGE_BYTES, noise);
        Files.write(file(), bytes);
        load();
        assertEquals(List.of("exchanges.db.damaged"), aside());
        fill();
        assertEquals(MESSAGES, load().size());
    }

    /** As after a loss of power between any two steps of it. */
    @Test
    void goesOnWithAnExchangeThatWasCutOff() throws IOException {
        fill();
        Path fresh = folder.resolve("exchanges.db.fresh");
        Files.write(fresh, new byte[] {1});
        assertEquals(MESSAGES, load().size(), "what is not complete is made again");
        assertFalse(Files.exists(fresh));

        Files.move(file(), fresh);
        byte[] log = {1, 2, 3};
        Files.write(folder.resolve("exchanges.db-wal"), log);
        assertEquals(MESSAGES, load().size(), "what is complete takes its place, without the other's log");
        assertArrayEquals(log, Files.readAllBytes(folder.resolve("exchanges.db.damaged-wal")));
    }

    /** An index that lacks a row is found by whoever looks it up, not by each statement. */
    @Test
    void replacesAFileThatProvesDamagedWhileItIsOpen() throws IOException {
        fill();
        SessionDatabase database = new SessionDatabase(file());
        AtomicBoolean failed = new AtomicBoolean();
        SessionDatabase.Work<Integer> work = connection -> {
            if (failed.compareAndSet(false, true)) {
                throw SqliteError.corrupt("database disk image is malformed");
            }
            return 1;
        };
        assertThrows(IOException.class, () -> database.transact(work));
        assertEquals(1, database.transact(work));
        database.close();
        assertEquals(List.of("exchanges.db.damaged"), aside());
        assertEquals(MESSAGES, load().size());
    }

    @Test
    void doesNotFillAMediumWithCopiesThatSpoilsAll() throws IOException {
        fill();
        SessionDatabase database = new SessionDatabase(file());
        for (int attempt = 0; attempt < 10; attempt++) {
            assertThrows(
                    IOException.class,
                    () -> database.transact(connection -> {
                        throw SqliteError.corrupt("database disk image is malformed");
                    }));
        }
        database.close();
        assertEquals(3, aside().size());
    }
}
