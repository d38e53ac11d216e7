// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Subcluster;
import io.streamrelay.api.config.Settings;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.gossip.node.NodeConfig;
import io.streamrelay.gossip.node.StreamRelayNode;
import io.streamrelay.store.MemoryPacketStoreFactory;
import io.streamrelay.transport.UdpTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedSubclusterTest {

    private final Map<String, Object> settings = new HashMap<>(Map.of("name", "demo", "sharedKey", "secret"));
    private final BouncyKeyRing keys = new BouncyKeyRing();
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private KeyFiles keyFiles;
    private StreamRelayNode node;
    private ManagedSubcluster managed;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        NodeConfig config =
                NodeConfig.builder(folder).address("127.0.0.1").port(0).build();
        node = new StreamRelayNode(config, keys, new UdpTransport(), new MemoryPacketStoreFactory());
        keyFiles = new KeyFiles(folder, keys);
        managed = new ManagedSubcluster(node, keyFiles, tasks::add);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void opensAndClosesASubcluster() {
        apply();
        assertEquals("demo", subcluster("demo").name());
        managed.close();
        assertEquals(List.of(), node.subclusters());
    }

    @Test
    void changesOptionsInPlace() {
        apply();
        Subcluster before = subcluster("demo");
        settings.put("lifetime", "1h");
        settings.put("orderWait", "30d");
        apply();
        assertSame(before, subcluster("demo"));
    }

    @Test
    void replacesItWhenItsKeyChanges() {
        apply();
        Subcluster before = subcluster("demo");
        settings.put("sharedKey", "another");
        apply();
        assertNotEquals(before.id(), subcluster("demo").id());
        assertEquals(1, node.subclusters().size());
    }

    @Test
    void renamesIt() {
        apply();
        settings.put("name", "renamed");
        apply();
        assertEquals("renamed", subcluster("renamed").name());
        assertEquals(1, node.subclusters().size());
    }

    @Test
    void keepsTheRunningOneWhenAChangeIsRefused() {
        apply();
        Subcluster before = subcluster("demo");
        settings.put("lifetime", "for ever");
        apply();
        assertSame(before, subcluster("demo"));
    }

    @Test
    void leavesTheNameOfAnotherAlone() {
        apply();
        Subcluster before = subcluster("demo");
        ManagedSubcluster second = new ManagedSubcluster(node, keyFiles, tasks::add);
        second.apply(new Settings(Map.of("name", "demo", "sharedKey", "another")));
        second.close();
        assertSame(before, subcluster("demo"));
    }

    @Test
    void goesOnUnderItsOldNameWhenTheNewKeyBelongsToAnother() {
        apply();
        ManagedSubcluster second = new ManagedSubcluster(node, keyFiles, tasks::add);
        second.apply(new Settings(Map.of("name", "second", "sharedKey", "another")));
        settings.put("name", "renamed");
        settings.put("sharedKey", "another");
        apply();
        assertEquals("demo", subcluster("demo").name());
        assertTrue(node.subcluster("renamed").isEmpty());
    }

    @Test
    void opensWhenTheOneThatHadItsKeyCloses() throws Exception {
        apply();
        ManagedSubcluster second = new ManagedSubcluster(node, keyFiles, tasks::add);
        second.apply(new Settings(Map.of("name", "second", "sharedKey", "secret")));
        assertTrue(node.subcluster("second").isEmpty());
        managed.close();
        tasks.poll(10, TimeUnit.SECONDS).run();
        assertEquals("second", subcluster("second").name());
    }

    @Test
    void forgetsWhatWasRefusedWhenOtherSettingsCome() throws Exception {
        apply();
        ManagedSubcluster second = new ManagedSubcluster(node, keyFiles, tasks::add);
        second.apply(new Settings(Map.of("name", "second", "sharedKey", "secret")));
        managed.close();
        Runnable retry = tasks.poll(10, TimeUnit.SECONDS);
        second.apply(new Settings(Map.of("name", "second", "sharedKey", "another")));
        Subcluster before = subcluster("second");
        retry.run();
        assertSame(before, subcluster("second"));
    }

    private void apply() {
        managed.apply(new Settings(settings));
    }

    private Subcluster subcluster(String name) {
        return node.subcluster(name).orElseThrow();
    }
}
