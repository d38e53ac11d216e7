// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Answer;
import io.streamrelay.api.Id;
import io.streamrelay.api.Query;
import io.streamrelay.api.Refusal;
import io.streamrelay.api.RefusedException;
import io.streamrelay.api.Registration;
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.store.MemoryPacketStoreFactory;
import io.streamrelay.transport.UdpTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions between whole nodes on loopback, in a row: each knows the one before it. */
class QueriesTest {

    private final List<StreamRelayNode> row = new ArrayList<>();

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        for (int i = 0; i < 2; i++) {
            String[] before =
                    row.stream().map(node -> "127.0.0.1:" + node.info().port()).toArray(String[]::new);
            NodeConfig config = NodeConfig.builder(folder.resolve("node" + i))
                    .cluster("queries")
                    .address("127.0.0.1")
                    .port(0)
                    .peers(before)
                    .build();
            row.add(open(config));
        }
        for (StreamRelay node : row) {
            CompletableFuture<Object> ready = new CompletableFuture<>();
            node.onReady(ready::complete);
            ready.get(30, TimeUnit.SECONDS);
        }
    }

    private static StreamRelayNode open(NodeConfig config) throws IOException {
        return new StreamRelayNode(config, new BouncyKeyRing(), new UdpTransport(), new MemoryPacketStoreFactory());
    }

    @AfterEach
    void close() {
        row.forEach(StreamRelayNode::close);
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void readmesExampleIsAnswered() throws Exception {
        AskingAround.answer(row.get(0));
        assertEquals(
                "{\"celsius\":21.5}", get(AskingAround.ask(row.get(1))).get(0).text());
    }

    @Test
    void endsWithoutAnswersWhenPatienceIsOver() throws Exception {
        row.get(0).onQuery(question -> Optional.empty());
        assertTrue(get(row.get(1).query(Query.of("{}").within(Duration.ofMillis(100))))
                .isEmpty());
    }

    @Test
    void firstHandlerThatHasAnAnswerGivesIt() throws Exception {
        row.get(0).onQuery(question -> {
            throw new IllegalStateException("a bug");
        });
        row.get(0).onQuery(question -> Optional.of(new byte[0]));
        row.get(0).onQuery(question -> Optional.of(bytes("null")));
        Registration third = row.get(0).onQuery(question -> Optional.of(bytes("third")));
        row.get(0).onQuery(question -> Optional.of(bytes("fourth")));
        assertEquals(
                "third", get(row.get(1).query(Query.of("{}").enough(1))).get(0).text());
        third.close();
        third.close();
        assertEquals(
                "fourth", get(row.get(1).query(Query.of("{}").enough(1))).get(0).text());
    }

    @Test
    void findsThePacketThatAReceiptNames() throws Exception {
        var subcluster = row.get(0).subcluster(SubclusterOptions.of("s", SharedKey.ofPassphrase("s")));
        Id small = get(subcluster.emit("event", "small")).packetId();
        Id large = get(subcluster.emit("event", new byte[20_000])).packetId();
        Answer one = get(row.get(1).query(Query.forPacket(small))).get(0);
        assertEquals(small, one.packetId());
        assertEquals("small".length() + 160, one.body().length);
        Answer whole = get(row.get(1).query(Query.forPacket(large))).get(0);
        assertEquals(large, whole.packetId());
        assertEquals(20_160, whole.body().length);
    }

    @Test
    void refusesMoreThanMayBeOpenAndThoseThatACloseLeavesOpen() {
        List<CompletionStage<List<Answer>>> stages = new ArrayList<>();
        Query patient = Query.of("{}").within(Duration.ofSeconds(30));
        for (int i = 0; i <= OpenQueries.OPEN_MAX; i++) {
            stages.add(row.get(1).query(patient));
        }
        assertEquals(Refusal.BUSY, refusal(stages.get(OpenQueries.OPEN_MAX)));
        row.get(1).close();
        assertEquals(Refusal.CLOSED, refusal(stages.get(0)));
        assertEquals(Refusal.CLOSED, refusal(row.get(1).query(patient)));
    }

    private static Refusal refusal(CompletionStage<?> stage) {
        ExecutionException failed = assertThrows(ExecutionException.class, () -> get(stage));
        return assertInstanceOf(RefusedException.class, failed.getCause()).reason();
    }
}
