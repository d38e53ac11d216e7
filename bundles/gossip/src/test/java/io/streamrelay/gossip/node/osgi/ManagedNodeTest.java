// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.config.Settings;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.gossip.node.NodeConfig;
import io.streamrelay.gossip.node.StreamRelayNode;
import io.streamrelay.store.MemoryPacketStoreFactory;
import io.streamrelay.transport.UdpTransport;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedNodeTest {

    private final Map<String, Object> settings = new HashMap<>(Map.of("address", "127.0.0.1", "port", "0"));
    private final MemoryPacketStoreFactory stores = new MemoryPacketStoreFactory();
    private ManagedNode managed;
    private StreamRelay offered;
    private Path folder;
    private int opened;
    private boolean opensNone;

    @BeforeEach
    void make(@TempDir Path directory) {
        folder = directory;
        managed = new ManagedNode(
                config -> {
                    if (opensNone) {
                        throw new IOException("no node can be opened");
                    }
                    opened++;
                    return new StreamRelayNode(config, new BouncyKeyRing(), new UdpTransport(), stores);
                },
                this::offer,
                folder);
    }

    private Runnable offer(StreamRelayNode node, NodeConfig config) {
        offered = node;
        return () -> offered = null;
    }

    @AfterEach
    void close() {
        managed.close();
    }

    @Test
    void offersANodeWhileItIsOpen() {
        apply();
        assertEquals(NodeConfig.clusterId("streamrelay"), offered.info().clusterId());
        managed.close();
        assertNull(offered);
    }

    @Test
    void leavesTheNodeAloneWhenNothingHasChanged() {
        apply();
        int port = offered.info().port();
        apply();
        assertEquals(port, offered.info().port());
        assertEquals(1, opened);
    }

    @Test
    void changesThePortOfTheRunningNode() {
        apply();
        StreamRelay before = offered;
        int port = offered.info().port();
        settings.put("address", "0.0.0.0");
        apply();
        assertSame(before, offered);
        assertNotEquals(port, offered.info().port());
    }

    @Test
    void opensAnotherNodeForAnotherCluster() {
        apply();
        StreamRelay before = offered;
        settings.put("cluster", "another");
        apply();
        assertNotSame(before, offered);
        assertEquals(NodeConfig.clusterId("another"), offered.info().clusterId());
        assertEquals(before.info().peerId(), offered.info().peerId());
    }

    @Test
    void keepsTheRunningNodeWhenAChangeIsRefused() {
        apply();
        StreamRelay before = offered;
        settings.put("keepAliveSeconds", "26");
        apply();
        assertSame(before, offered);
        settings.remove("keepAliveSeconds");
        apply();
        assertEquals(1, opened);
    }

    @Test
    void goesBackToTheOldNodeWhenTheOtherCannotBeOpened() throws Exception {
        apply();
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            settings.put("cluster", "another");
            settings.put("port", Integer.toString(taken.getLocalPort()));
            apply();
        }
        assertEquals(NodeConfig.clusterId("streamrelay"), offered.info().clusterId());
    }

    @Test
    void opensTheOldNodeWithTheOldSettingsWhenNeitherCouldBeOpenedBefore() {
        apply();
        settings.put("cluster", "another");
        opensNone = true;
        apply();
        assertNull(offered);
        settings.remove("cluster");
        apply();
        assertNull(offered);
        opensNone = false;
        apply();
        assertEquals(NodeConfig.clusterId("streamrelay"), offered.info().clusterId());
    }

    @Test
    void closesANodeThatCannotBeOffered() throws Exception {
        List<StreamRelayNode> made = new ArrayList<>();
        ManagedNode unwanted = new ManagedNode(
                config -> {
                    made.add(new StreamRelayNode(config, new BouncyKeyRing(), new UdpTransport(), stores));
                    return made.get(0);
                },
                (node, config) -> {
                    throw new IllegalStateException("the bundle has stopped");
                },
                folder);
        unwanted.apply(new Settings(settings));
        int port = made.get(0).info().port();
        new DatagramSocket(port, InetAddress.getByName("127.0.0.1")).close();
        unwanted.close();
    }

    @Test
    void whatKeepsANodeFromItsPortMayGo() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            settings.put("port", Integer.toString(taken.getLocalPort()));
            assertFalse(managed.apply(new Settings(settings)));
        }
        assertTrue(managed.apply(new Settings(settings)));
        assertEquals(
                Integer.parseInt((String) settings.get("port")), offered.info().port());
    }

    @Test
    void whatTheSettingsSayWrongIsWrongLaterToo() {
        settings.put("port", "70000");
        assertTrue(managed.apply(new Settings(settings)));
    }

    @Test
    void startsWithTheNextSettingsWhenTheFirstCannotBeUsed() {
        settings.put("port", "70000");
        apply();
        assertNull(offered);
        settings.put("port", "0");
        apply();
        assertEquals(1, opened);
    }

    private void apply() {
        managed.apply(new Settings(settings));
    }
}
