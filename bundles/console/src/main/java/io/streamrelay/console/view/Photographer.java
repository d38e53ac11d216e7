// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

import io.streamrelay.api.AbsentPeer;
import io.streamrelay.api.BacklogInfo;
import io.streamrelay.api.BridgeInfo;
import io.streamrelay.api.BridgeStatus;
import io.streamrelay.api.GapInfo;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.api.NodeInfo;
import io.streamrelay.api.PeerInfo;
import io.streamrelay.api.ProxiedPeer;
import io.streamrelay.api.Route;
import io.streamrelay.api.StoreInfo;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Takes pictures of a gateway, one after the other. One thread calls it. */
final class Photographer {

    /** 2024-01-01: no host's clock that was ever set is before the first version of this software. */
    private static final long CLOCK_SET_SINCE_MS = 1_704_067_200_000L;

    /** The counter by which a store tells that it cannot be written. */
    private static final String STORE_FAILING = "store.failing";

    private final String version;
    private final Rates rates = new Rates();
    private long lastMs;

    /** @param version of these bundles */
    Photographer(String version) {
        this.version = version;
    }

    /**
     * How the gateway is.
     *
     * @param relay the node, or null
     * @param nowMs a clock that only goes forward, in milliseconds
     * @param wallMs the host's clock, in milliseconds since 1970
     */
    Snapshot take(StreamRelay relay, Collection<BridgeStatus> bridges, long nowMs, long wallMs) {
        rates.begin(lastMs == 0 ? 0 : nowMs - lastMs);
        lastMs = nowMs;
        List<BridgeView> bridgeViews = bridges(bridges);
        if (relay == null) {
            rates.end();
            return snapshot(wallMs, null, List.of(), List.of(), null, bridgeViews, Map.of());
        }
        Map<Id, String> names = names(relay);
        Map<String, Long> counters = new TreeMap<>(relay.counters());
        NodeInfo info = relay.info();
        List<SubclusterView> subclusters = subclusters(relay);
        rates.end();
        return snapshot(
                wallMs,
                node(info, wallMs),
                peers(relay, names),
                subclusters,
                store(relay.store(), info.clusterId(), counters),
                bridgeViews,
                counters);
    }

    private static Snapshot snapshot(
            long wallMs,
            NodeView node,
            List<PeerView> peers,
            List<SubclusterView> subclusters,
            StoreView store,
            List<BridgeView> bridges,
            Map<String, Long> counters) {
        List<Finding> findings = new Checkup(node, peers, subclusters, store, bridges).findings();
        Level level = findings.stream()
                .map(Finding::level)
                .max(Comparator.naturalOrder())
                .orElse(Level.OK);
        return new Snapshot(wallMs, level, findings, node, peers, subclusters, store, bridges, counters);
    }

    private static Map<Id, String> names(StreamRelay relay) {
        Map<Id, String> names = new HashMap<>();
        relay.subclusters().forEach(subcluster -> names.put(subcluster.id(), subcluster.name()));
        return names;
    }

    private NodeView node(NodeInfo info, long wallMs) {
        return new NodeView(
                info.peerId().hex(),
                info.clusterId().hex(),
                info.senderKey().hex(),
                version,
                info.port(),
                info.reflexive().map(Object::toString).orElse(null),
                word(info.natType()),
                info.uptimeMs(),
                info.keepAliveMs(),
                wallMs >= CLOCK_SET_SINCE_MS);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<PeerView> peers(StreamRelay relay, Map<Id, String> names) {
        List<PeerView> views = new ArrayList<>();
        for (PeerInfo peer : relay.peers()) {
            List<String> shared = shared(peer.subclusters(), names);
            views.add(new PeerView(
                    peer.id().hex(),
                    PeerView.State.CONNECTED,
                    peer.endpoint().toString(),
                    word(peer.natType()),
                    word(peer.route()),
                    null,
                    peer.kin(),
                    shared.isEmpty(),
                    peer.silentMs(),
                    peer.roundTripMs(),
                    peer.lossShare(),
                    peer.inStep(),
                    peer.waitingPackets(),
                    shared));
        }
        for (ProxiedPeer peer : relay.proxiedPeers()) {
            List<String> shared = shared(peer.subclusters(), names);
            views.add(away(peer.id(), PeerView.State.PROXIED, null, peer.proxy().hex(), peer.silentMs(), shared));
        }
        for (AbsentPeer peer : relay.absentPeers()) {
            views.add(away(
                    peer.id(), PeerView.State.ABSENT, peer.endpoint().toString(), null, peer.silentMs(), List.of()));
        }
        return views;
    }

    private static PeerView away(
            Id id, PeerView.State state, String address, String via, long silentMs, List<String> shared) {
        return new PeerView(
                id.hex(),
                state,
                address,
                word(NatType.UNKNOWN),
                word(via == null ? Route.DIRECT : Route.PROXIED),
                via,
                false,
                false,
                silentMs,
                -1,
                0,
                false,
                0,
                shared);
    }

    private static List<String> shared(Set<Id> subclusters, Map<Id, String> names) {
        return subclusters.stream()
                .map(names::get)
                .filter(name -> name != null)
                .sorted()
                .toList();
    }

    private List<SubclusterView> subclusters(StreamRelay relay) {
        Map<Id, BacklogInfo> backlog = new HashMap<>();
        relay.backlog().forEach(part -> backlog.put(part.subcluster(), part));
        List<SubclusterView> views = new ArrayList<>();
        for (Subcluster subcluster : relay.subclusters()) {
            Id id = subcluster.id();
            views.add(view(subcluster, backlog.getOrDefault(id, new BacklogInfo(id, 0, 0, 0))));
        }
        views.sort(Comparator.comparing(SubclusterView::name));
        return views;
    }

    private SubclusterView view(Subcluster subcluster, BacklogInfo waiting) {
        SubclusterInfo info = subcluster.info();
        String key = subcluster.id().hex();
        return new SubclusterView(
                subcluster.name(),
                key,
                subcluster.members().stream().map(Id::hex).sorted().toList(),
                info.sent(),
                info.received(),
                rates.of("sent " + key, info.sent()),
                rates.of("received " + key, info.received()),
                info.quietMs(),
                waiting.messages(),
                waiting.bytes(),
                waiting.oldestMs(),
                missing(subcluster.gaps()),
                info.formerKeys());
    }

    /** A member may claim any number: the sum ends at the highest there is. */
    private static long missing(List<GapInfo> gaps) {
        return gaps.stream()
                .mapToLong(GapInfo::envelopes)
                .reduce(0, (sum, more) -> Long.MAX_VALUE - sum < more ? Long.MAX_VALUE : sum + more);
    }

    private static StoreView store(StoreInfo info, Id ownCluster, Map<String, Long> counters) {
        return new StoreView(
                counters.getOrDefault(STORE_FAILING, 0L) > 0,
                info.carriedBytes(),
                info.carriedBytesMax(),
                info.backlogBytes(),
                info.backlogBytesMax(),
                info.clusters().stream()
                        .map(part -> new StoreView.Cluster(
                                part.id().hex(), part.id().equals(ownCluster), part.packets(), part.bytes()))
                        .toList());
    }

    private static List<BridgeView> bridges(Collection<BridgeStatus> bridges) {
        return bridges.stream()
                .map(BridgeStatus::info)
                .sorted(Comparator.comparing(BridgeInfo::name))
                .map(info -> new BridgeView(
                        info.name(),
                        info.broker(),
                        info.subcluster(),
                        info.routes(),
                        info.connected(),
                        info.problem().orElse(null),
                        info.toMesh(),
                        info.toBroker()))
                .toList();
    }
}
