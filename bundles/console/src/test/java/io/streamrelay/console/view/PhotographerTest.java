// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.AbsentPeer;
import io.streamrelay.api.BacklogInfo;
import io.streamrelay.api.Endpoint;
import io.streamrelay.api.GapInfo;
import io.streamrelay.api.ProxiedPeer;
import io.streamrelay.api.StoreInfo;
import io.streamrelay.console.FakeRelay;
import io.streamrelay.console.FakeSubcluster;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PhotographerTest {

    private static final long WALL_MS = 1_800_000_000_000L;

    private final FakeRelay relay = new FakeRelay();
    private final Photographer photographer = new Photographer("1.2.3");

    private Snapshot take() {
        return photographer.take(relay, List.of(), 1_000, WALL_MS);
    }

    @Test
    void showsNoNodeAsBad() {
        Snapshot snapshot = photographer.take(null, List.of(), 1_000, WALL_MS);
        assertNull(snapshot.node());
        assertEquals(Level.BAD, snapshot.level());
        assertEquals(
                List.of(Check.NODE),
                snapshot.findings().stream().map(Finding::check).toList());
    }

    @Test
    void showsConnectedProxiedAndAbsentPeersInThisOrder() {
        FakeSubcluster demo = relay.open("demo");
        relay.absent.add(new AbsentPeer(FakeRelay.id("c"), Endpoint.of("192.0.2.9", 9), 5));
        relay.proxied.add(new ProxiedPeer(FakeRelay.id("b"), FakeRelay.id("a"), 5, Set.of()));
        relay.peers.add(FakeRelay.peer("a", true, 0, demo.id()));
        List<PeerView> peers = take().peers();
        assertEquals(
                List.of(PeerView.State.CONNECTED, PeerView.State.PROXIED, PeerView.State.ABSENT),
                peers.stream().map(PeerView::state).toList());
        assertEquals(List.of("demo"), peers.get(0).subclusters());
        assertFalse(peers.get(0).carrier());
        assertEquals(FakeRelay.id("a").hex(), peers.get(1).via());
    }

    @Test
    void callsAPeerWithoutASharedSubclusterACarrier() {
        relay.peers.add(FakeRelay.peer("a", true, 0, FakeRelay.id("a subcluster of others")));
        assertTrue(take().peers().get(0).carrier());
    }

    @Test
    void putsBacklogAndGapsToTheirSubcluster() {
        FakeSubcluster demo = relay.open("demo");
        relay.open("alarm");
        relay.backlog.add(new BacklogInfo(demo.id(), 3, 300, 5_000));
        demo.gaps = List.of(
                new GapInfo(FakeRelay.id("s"), 1, 5, 6, 0),
                new GapInfo(FakeRelay.id("s"), 1, 9, Long.MAX_VALUE - 1, 0));
        List<SubclusterView> views = take().subclusters();
        assertEquals(
                List.of("alarm", "demo"),
                views.stream().map(SubclusterView::name).toList());
        assertEquals(0, views.get(0).backlogMessages());
        assertEquals(3, views.get(1).backlogMessages());
        assertTrue(views.get(1).missingEnvelopes() > 0, "a claim beyond all numbers does not turn negative");
    }

    @Test
    void tellsOwnClustersFromOthersAndAFailingStore() {
        relay.counters.put("store.failing", 1L);
        relay.store = new StoreInfo(
                5,
                10,
                0,
                10,
                List.of(
                        new StoreInfo.Cluster(relay.cluster, 1, 3),
                        new StoreInfo.Cluster(FakeRelay.id("foreign"), 1, 2)));
        StoreView store = take().store();
        assertTrue(store.failing());
        assertEquals(
                List.of(true, false),
                store.clusters().stream().map(StoreView.Cluster::own).toList());
    }

    @Test
    void doubtsAClockBeforeTheFirstVersion() {
        assertTrue(take().node().clockIsSet());
        assertFalse(photographer.take(relay, List.of(), 2_000, 1_000).node().clockIsSet());
    }
}
