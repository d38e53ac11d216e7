// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Consumer;
import io.streamrelay.api.Interest;
import io.streamrelay.api.Message;
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.store.SqlitePacketStoreFactory;
import io.streamrelay.transport.UdpTransport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node with a store on disk, which is closed and opened again. */
class SentNamesTest {

    private static final int AT_LEAST = 1_024;

    @TempDir
    private Path folder;

    private interface Use {
        void of(Consumer consumer, Consumer other) throws Exception;
    }

    private void open(Use use) throws Exception {
        KeyRing keys = new BouncyKeyRing();
        NodeConfig config =
                NodeConfig.builder(folder).address("127.0.0.1").port(0).build();
        try (StreamRelay node = new StreamRelayNode(config, keys, new UdpTransport(), new SqlitePacketStoreFactory())) {
            var subcluster = node.subcluster(SubclusterOptions.of("x", SharedKey.ofPassphrase("secret")));
            use.of(
                    subcluster.consume("a", Interest.none(), delivery -> {}),
                    subcluster.consume("ab", Interest.none(), delivery -> {}));
        }
    }

    private static void send(Consumer consumer, String name) throws Exception {
        consumer.send(Message.of("t", new byte[] {1}), name)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @Test
    void tellsAfterARestartWhatWasSent() throws Exception {
        open((consumer, other) -> {
            send(consumer, "one");
            consumer.emit("t", new byte[] {1}, "two").toCompletableFuture().get(10, TimeUnit.SECONDS);
            send(other, "another's");
            assertEquals(List.of("one", "two"), consumer.sent());
        });
        open((consumer, other) -> {
            assertEquals(List.of("one", "two"), consumer.sent());
            send(consumer, "one");
            assertEquals(List.of("one", "two", "one"), consumer.sent(), "it is for the sender to look");
        });
        open((consumer, other) -> assertEquals(List.of("another's"), other.sent()));
    }

    @Test
    void remembersTheLast() throws Exception {
        List<String> all =
                IntStream.range(0, 3 * AT_LEAST).mapToObj(Integer::toString).toList();
        open((consumer, other) -> {
            for (String name : all.subList(0, all.size() - 1)) {
                consumer.send(Message.of("t", new byte[] {1}), name);
            }
            send(consumer, all.get(all.size() - 1));
        });
        open((consumer, other) -> {
            List<String> sent = consumer.sent();
            assertTrue(sent.size() >= AT_LEAST, () -> "only " + sent.size());
            assertEquals(all.subList(all.size() - sent.size(), all.size()), sent);
        });
    }

    @Test
    void refusesNamesThatTheStoreCannotKeep() throws Exception {
        open((consumer, other) -> {
            assertThrows(IllegalArgumentException.class, () -> consumer.send(Message.of("t", new byte[0]), ""));
            assertThrows(IllegalArgumentException.class, () -> consumer.emit("t", new byte[0], "n".repeat(65)));
        });
    }
}
