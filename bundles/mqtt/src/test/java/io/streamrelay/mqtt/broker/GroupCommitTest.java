// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GroupCommitTest {

    private static final int SECONDS = 20;

    @TempDir
    Path folder;

    private Path file;
    private GroupCommit commits;

    @BeforeEach
    void open() {
        file = folder.resolve("exchanges.db");
        commits = new GroupCommit(new SessionDatabase(file));
    }

    @AfterEach
    void close() {
        commits.close();
    }

    private static GroupCommit.Change adding(long number) {
        return connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO custody VALUES (?, 1, 1, 0, NULL, 1)")) {
                insert.setLong(1, number);
                insert.executeUpdate();
            }
        };
    }

    private List<Long> rows() throws IOException {
        SessionDatabase other = new SessionDatabase(file);
        try {
            return other.transact(GroupCommitTest::numbers);
        } finally {
            other.close();
        }
    }

    private static List<Long> numbers(Connection connection) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT number FROM custody ORDER BY number")) {
            while (row.next()) {
                numbers.add(row.getLong(1));
            }
        }
        return numbers;
    }

    /** Holds the thread that commits until the latch opens; what is written before shares the commit. */
    private static GroupCommit.Change holding(CountDownLatch begun, CountDownLatch end) {
        return connection -> {
            begun.countDown();
            try {
                assertTrue(end.await(SECONDS, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    @Test
    void returnsWhenItIsOnDisk() throws IOException {
        commits.await(commits.write(adding(1)));
        assertEquals(List.of(1L), rows());
        assertEquals(1, commits.committed());
    }

    @Test
    void commitsTogetherWhatComesDuringACommit() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        commits.write(holding(begun, end));
        List<Long> seen = new ArrayList<>();
        ExecutorService waiters = Executors.newFixedThreadPool(2);
        try {
            Future<?> first = waiters.submit(() -> {
                commits.awaitAll();
                return null;
            });
            assertTrue(begun.await(SECONDS, TimeUnit.SECONDS));
            for (long number = 1; number <= 100; number++) {
                commits.write(adding(number));
                commits.note(connection -> seen.add(commits.committed()));
            }
            Future<?> second = waiters.submit(() -> {
                commits.awaitAll();
                return null;
            });
            assertFalse(first.isDone() || second.isDone());
            end.countDown();
            first.get(SECONDS, TimeUnit.SECONDS);
            second.get(SECONDS, TimeUnit.SECONDS);
        } finally {
            waiters.shutdownNow();
        }
        assertEquals(100, rows().size());
        commits.close();
        assertEquals(100, seen.size());
        assertEquals(List.of(1L), seen.stream().distinct().toList(), "all in the second commit");
    }

    @Test
    void commitsWhatNobodyWaitsForBeforeLong() throws Exception {
        commits.note(adding(1));
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (commits.committed() == 0) {
            assertTrue(System.nanoTime() < endNs, "it is never committed");
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertEquals(List.of(1L), rows());
    }

    @Test
    void commitsWhatIsLeftWhenItIsClosed() throws IOException {
        commits.note(adding(1));
        commits.write(adding(2));
        commits.close();
        assertEquals(List.of(1L, 2L), rows());
        assertThrows(IOException.class, () -> commits.write(adding(3)));
        commits.note(adding(4));
        assertEquals(List.of(1L, 2L), rows());
    }

    @Test
    void saysWhatCouldNotBeCommittedAndTriesAgain() throws Exception {
        CountDownLatch mended = new CountDownLatch(1);
        GroupCommit.Change change = connection -> {
            if (mended.getCount() > 0) {
                throw new SQLException("the disk is full");
            }
            adding(1).on(connection);
        };
        long number = commits.write(change);
        IOException failure = assertThrows(IOException.class, () -> commits.await(number));
        assertTrue(failure.getMessage().contains("exchanges.db: the disk is full"), failure.getMessage());
        assertThrows(IOException.class, () -> commits.write(adding(2)), "nothing new meanwhile");
        mended.countDown();
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (commits.committed() < number) {
            assertTrue(System.nanoTime() < endNs, "it does not recover by itself");
            TimeUnit.MILLISECONDS.sleep(5);
        }
        commits.await(commits.write(adding(3)));
        assertEquals(List.of(1L, 3L), rows());
    }

    @Test
    void doesNotLetWaitersHangWhenItEnds() throws Exception {
        long number = commits.write(connection -> {
            throw new SQLException("the disk is full");
        });
        ExecutorService waiter = Executors.newSingleThreadExecutor();
        try {
            Future<IOException> told =
                    waiter.submit(() -> assertThrows(IOException.class, () -> commits.await(number + 1)));
            commits.close();
            told.get(SECONDS, TimeUnit.SECONDS);
        } finally {
            waiter.shutdownNow();
        }
    }

    @Test
    void recoversFromAnErrorOfTheVirtualMachine() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        long number = commits.write(connection -> {
            if (attempts.incrementAndGet() == 1) {
                throw new OutOfMemoryError("as if");
            }
            adding(1).on(connection);
        });
        commits.outlast(number);
        assertEquals(2, attempts.get());
        assertEquals(List.of(1L), rows());
    }

    @Test
    void takesWhatIsRequiredAlsoWhileNothingCanBeCommitted() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        long number = commits.write(connection -> {
            if (attempts.incrementAndGet() == 1) {
                throw new SQLException("the disk is full");
            }
        });
        assertThrows(IOException.class, () -> commits.await(number));
        commits.require(adding(1));
        commits.outlast(number + 1);
        assertEquals(List.of(1L), rows());
    }

    @Test
    void makesNoFileBeforeThereIsSomethingToKeep() throws IOException {
        commits.awaitAll();
        commits.close();
        assertFalse(Files.exists(file));
    }
}
