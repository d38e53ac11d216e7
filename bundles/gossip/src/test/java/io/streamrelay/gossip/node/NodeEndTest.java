// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Message;
import io.streamrelay.api.Receipt;
import io.streamrelay.api.Refusal;
import io.streamrelay.api.RefusedException;
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.api.crypto.SigningKey;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.store.MemoryPacketStoreFactory;
import io.streamrelay.transport.UdpTransport;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeEndTest {

    /** A container that is told to end has 10 s, and other things to do. */
    private static final Duration CLOSE_MAX = Duration.ofSeconds(8);

    /** What a stuck store makes a node wait for, in milliseconds; in earnest it is longer, here the rest has its time. */
    private static final long SETTLE_MS = 500;

    @Test
    void endsInTimeAndAnswersEverybodyWhenItsStoreIsStuck(@TempDir Path folder) throws Exception {
        NodeConfig config =
                NodeConfig.builder(folder).address("127.0.0.1").port(0).build();
        StreamRelayNode node = new StreamRelayNode(
                config, new BouncyKeyRing(), new UdpTransport(), new StuckStore(new MemoryPacketStoreFactory()));
        Subcluster subcluster = node.subcluster(SubclusterOptions.of("x", SharedKey.ofPassphrase("secret")));
        List<CompletionStage<Receipt>> stages = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            stages.add(subcluster.emit("event", "raw"));
            stages.add(subcluster.send(Message.of("topic", new byte[100])));
        }
        assertTrue(NodeRuntime.SETTLE_MS <= CLOSE_MAX.toMillis() - 3_000, "the rest has 3 s in earnest");
        assertTimeout(CLOSE_MAX, () -> node.close(SETTLE_MS));
        for (CompletionStage<Receipt> stage : stages) {
            ExecutionException failure = assertThrows(
                    ExecutionException.class, () -> stage.toCompletableFuture().get(10, TimeUnit.SECONDS));
            assertEquals(Refusal.CLOSED, ((RefusedException) failure.getCause()).reason());
        }
    }

    @Test
    void wipesTheKeysOfTheIdentityThatItHasLoaded(@TempDir Path folder) throws Exception {
        List<SigningKey> made = new ArrayList<>();
        KeyRing keys = noting(made);
        NodeConfig config =
                NodeConfig.builder(folder).address("127.0.0.1").port(0).build();

        new StreamRelayNode(config, keys, new UdpTransport(), new MemoryPacketStoreFactory()).close();
        assertThrows(
                IOException.class,
                () -> new StreamRelayNode(config, keys, new UdpTransport(), directory -> {
                    throw new IOException("no store");
                }));

        assertEquals(2, made.size());
        made.forEach(key -> assertThrows(IllegalStateException.class, () -> key.sign(new byte[1])));
    }

    @Test
    void leavesAnIdentityThatItWasGivenToWhoMadeIt(@TempDir Path folder) throws Exception {
        KeyRing keys = new BouncyKeyRing();
        NodeConfig config =
                NodeConfig.builder(folder).address("127.0.0.1").port(0).build();
        try (Identity identity = Identity.ofSeed(keys, keys.randomKey())) {
            new StreamRelayNode(identity, config, keys, new UdpTransport(), new MemoryPacketStoreFactory()).close();

            assertEquals(64, identity.signingKey().sign(new byte[1]).length);
        }
    }

    /** Real keys, each of which is noted when it is made. */
    private static KeyRing noting(List<SigningKey> made) {
        KeyRing real = new BouncyKeyRing();
        InvocationHandler note = (proxy, method, arguments) -> {
            Object result = method.invoke(real, arguments);
            if (result instanceof SigningKey key) {
                made.add(key);
            }
            return result;
        };
        return (KeyRing) Proxy.newProxyInstance(KeyRing.class.getClassLoader(), new Class<?>[] {KeyRing.class}, note);
    }
}
