// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DispatchesTest {

    private static final byte[] PACKET = {0x34, 2, 0, 7};

    @TempDir
    Path folder;

    private GroupCommit commits;
    private Dispatches dispatches;

    @BeforeEach
    void open() throws IOException {
        commits = newCommits();
        dispatches = restarted();
    }

    @AfterEach
    void close() {
        commits.close();
    }

    private GroupCommit newCommits() {
        return new GroupCommit(new SessionDatabase(folder.resolve("exchanges.db")));
    }

    private Dispatches restarted() throws IOException {
        return restarted(MqttVersion.FIVE);
    }

    private Dispatches restarted(MqttVersion version) throws IOException {
        // However slow the disk is: who closes it waits for some seconds at most.
        commits.await(commits.write(connection -> {}));
        commits.close();
        commits = newCommits();
        Dispatches next = new Dispatches(new DispatchTable(commits, version, folder.resolve("sent-5")));
        next.load();
        return next;
    }

    private void keep(String key, String name) throws IOException {
        dispatches.begin(name);
        dispatches.keep(key, PACKET);
        dispatches.begun();
    }

    @Test
    void keepsPacketsAndTheirNamesOverARestart() throws IOException {
        keep("s-7", "one");
        dispatches.keep("sc-7", new byte[] {0x62});
        Dispatches next = restarted();
        assertArrayEquals(PACKET, next.packet("s-7"));
        assertEquals(List.of("one", ""), List.of(next.name("s-7"), next.name("sc-7")));
        assertEquals(2, next.keys().size());
    }

    @Test
    void knowsWhatTheBrokerHas() throws IOException {
        keep("s-7", "one");
        dispatches.keep("sc-7", PACKET);
        assertFalse(dispatches.isDone("one"));
        dispatches.forget("s-7");
        dispatches.forget("sc-7");
        assertTrue(dispatches.isDone("one"));
        assertNull(dispatches.packet("s-7"));
        assertEquals(List.of(), restarted().keys());
    }

    private void publish(String name, int bytes) throws IOException {
        dispatches.begin(name);
        dispatches.keep("s-7", new byte[bytes]);
        dispatches.begun();
        dispatches.keep("sc-7", PACKET);
        dispatches.forget("s-7");
        dispatches.forget("sc-7");
    }

    @Test
    void knowsAfterARestartWhatTheBrokerHas() throws IOException {
        for (int i = 0; i < 20; i++) {
            publish("message " + i, 10);
        }
        dispatches = restarted();
        publish("message 20", 10);
        Dispatches next = restarted();
        for (int i = 0; i <= 20; i++) {
            assertTrue(next.isDone("message " + i), "message " + i);
        }
        assertEquals(List.of(), next.keys(), "for the client library they are over");
    }

    @Test
    void forgetsTheOldestThatTheBrokerHas() throws IOException {
        for (int i = 0; i < 10_010; i++) {
            publish("message " + i, 1);
        }
        Dispatches next = restarted();
        assertFalse(next.isDone("message 9"));
        assertTrue(next.isDone("message 10"));
    }

    @Test
    void remembersForAsLongAsItTakesWhatIsNotSettled() throws IOException {
        publish("early", 1);
        publishOthers(10_010);
        assertTrue(dispatches.isDone("early"), "published by this process");
        dispatches = restarted();
        assertTrue(dispatches.isDone("early"));
        publishOthers(10_010);
        dispatches = restarted();
        assertTrue(dispatches.isDone("early"), "asked for by the one before");
        dispatches.settled("early");
        publishOthers(5_000);
        assertTrue(dispatches.isDone("early"), "after a crash it may be asked for once more");
        dispatches.settled("early");
        publishOthers(10_010);
        assertFalse(dispatches.isDone("early"));
    }

    private void publishOthers(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            String name = "other " + i;
            publish(name, 1);
            dispatches.settled(name);
        }
    }

    @Test
    void forgetsSomeOfWhatIsNeverSettled() throws IOException {
        publish("early", 1);
        for (int i = 0; i < 20_000; i++) {
            publish("other " + i, 1);
        }
        assertFalse(dispatches.isDone("early"));
    }

    /** A mesh that waits for its echo hands a message over again in each life, of which there may be many short ones. */
    @Test
    void remembersWhatIsAskedForAgainAndAgain() throws IOException {
        publish("early", 1);
        for (int life = 0; life < 3; life++) {
            for (int i = 0; i < 4_000; i++) {
                publish("message " + life + "/" + i, 1);
            }
            dispatches = restarted();
            assertTrue(dispatches.isDone("early"), "after life " + life);
        }
    }

    @Test
    void keepsNoPacketThatTheBrokerHas() throws IOException {
        publish("large", 4 << 20);
        commits.await(commits.write(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT count(*), sum(length(packet)) FROM dispatch")) {
                assertEquals(List.of(1, 0), List.of(row.getInt(1), row.getInt(2)));
            }
        }));
        assertTrue(restarted().isDone("large"));
    }

    @Test
    void keepsThePacketsOfOneVersionFromTheOther() throws IOException {
        keep("s-7", "one");
        assertEquals(List.of(), restarted(MqttVersion.THREE).keys());
        assertEquals(List.of("s-7"), restarted().keys());
    }

    @Test
    void doesNotTakeWhatTheClientLibraryTookBackForWhatTheBrokerHas() throws IOException {
        keep("s-7", "one");
        dispatches.forget("s-7");
        assertFalse(dispatches.isDone("one"));
        assertNull(new Unfinished(dispatches).find("one"));
        assertEquals(List.of(), restarted().keys());
    }

    @Test
    void doesNotTakeAnEarlierReleaseForThatOfAPublication() throws IOException {
        dispatches.keep("sc-7", PACKET);
        keep("s-7", "one");
        assertEquals(List.of("s-7"), restarted().keys());
        dispatches.forget("s-7");
        assertFalse(dispatches.isDone("one"));
    }

    @Test
    void setsAsideWhatIsDamaged() throws IOException {
        keep("s-7", "one");
        keep("s-8", "two");
        commits.await(commits.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("UPDATE dispatch SET key = 's/8' WHERE key = 's-8'");
            }
        }));
        assertEquals(List.of("s-7"), restarted().keys());
        assertArrayEquals(PACKET, Files.readAllBytes(folder.resolve("dispatch-2.damaged")));
        assertEquals(List.of("s-7"), restarted().keys());
        assertFalse(Files.exists(folder.resolve("dispatch-2.damaged-2")), "the row is gone");
    }

    /** As files, one for each packet, written by versions before the database. */
    @Test
    void takesOverWhatAnEarlierVersionKept() throws IOException {
        Path sent = Files.createDirectories(folder.resolve("sent-5"));
        Files.write(sent.resolve("s-7"), new byte[] {0, 1, 'a', 0x34, 2, 0, 7});
        Files.write(sent.resolve("done-4"), new byte[] {0, 1, 'b', 0x34, 2, 0, 8});
        Files.write(sent.resolve("s-8"), new byte[] {9});
        dispatches = restarted();
        assertEquals(List.of("s-7"), dispatches.keys());
        assertArrayEquals(PACKET, dispatches.packet("s-7"));
        assertTrue(dispatches.isDone("b"));
        assertTrue(Files.exists(sent.resolve("s-8.damaged")));
        assertEquals(List.of("s-7"), restarted().keys());
    }

    @Test
    void waitsForWhatAnEarlierClientHasBegun() throws IOException {
        keep("s-7", "one");
        keep("s-8", "two");
        Unfinished unfinished = new Unfinished(dispatches);
        CompletableFuture<Void> done = new CompletableFuture<>();
        unfinished.resumes("s-7", done);
        assertSame(done, unfinished.find("one"));
        assertNull(unfinished.find("two"));
        assertNull(unfinished.find(""));
        dispatches.keep("sc-8", PACKET);
        dispatches.forget("s-8");
        assertTrue(unfinished.find("two").toCompletableFuture().isDone());
    }
}
