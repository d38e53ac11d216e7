// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.config.SecretKeeper;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.gossip.node.NodeConfig;
import io.streamrelay.gossip.node.StreamRelayNode;
import io.streamrelay.store.MemoryPacketStoreFactory;
import io.streamrelay.transport.UdpTransport;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

class SubclusterComponentTest {

    private static final Map<String, Object> ENCIPHERED = Map.of("name", "demo", "sharedKey", "enciphered");
    private static final Map<String, String> KURA = Map.of(SecretKeeper.CONTAINER_PROPERTY, "/opt/kura");

    @TempDir
    Path folder;

    private final BouncyKeyRing keys = new BouncyKeyRing();
    private final BlockingQueue<Subcluster> opened = new LinkedBlockingQueue<>();
    private StreamRelayNode node;

    @BeforeEach
    void open() throws IOException {
        NodeConfig config =
                NodeConfig.builder(folder).address("127.0.0.1").port(0).build();
        node = new StreamRelayNode(config, keys, new UdpTransport(), new MemoryPacketStoreFactory());
        node.watch("demo", found -> found.ifPresent(opened::add));
    }

    @AfterEach
    void close() {
        node.close();
    }

    private SubclusterComponent component(Map<String, String> frameworkProperties, SecretKeeper keeper) {
        BundleContext context = (BundleContext) Proxy.newProxyInstance(
                SubclusterComponentTest.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) ->
                        method.getName().equals("getProperty") ? frameworkProperties.get(arguments[0]) : null);
        Map.Entry<Map<String, Object>, StreamRelay> service =
                Map.entry(Map.of(NodeComponent.DATA_DIRECTORY, folder.toString()), node);
        return new SubclusterComponent(context, ENCIPHERED, keys, service, keeper);
    }

    private Subcluster nextOpened() throws InterruptedException {
        Subcluster next = opened.poll(10, TimeUnit.SECONDS);
        assertNotNull(next, "it does not open");
        return next;
    }

    @Test
    void opensAtOnceWhereSecretsAreNotEnciphered() throws Exception {
        SubclusterComponent component = component(Map.of(), null);
        assertEquals("demo", nextOpened().name());
        component.deactivate();
        assertEquals(List.of(), node.subclusters());
    }

    @Test
    void waitsWhereTheyAreForTheirKeeper() throws Exception {
        SubclusterComponent early = component(KURA, null);
        early.modified(ENCIPHERED);
        // What was begun is done before it ends.
        early.deactivate();
        assertEquals(List.of(), node.subclusters());
        assertEquals(0, opened.size());

        SubclusterComponent component = component(KURA, kept -> kept.equals("enciphered") ? "the key" : "another");
        Subcluster revealed = nextOpened();
        component.deactivate();
        SubclusterComponent plain = component(Map.of(), kept -> "the key");
        assertEquals(revealed.id(), nextOpened().id());
        plain.deactivate();
    }
}
