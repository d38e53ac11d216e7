// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.api.ProxiedPeer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The peers that this node cannot reach itself, each with the connected peer that introduced it and passes streams on
 * (protocol-v6 D17: only until it is connected).
 */
final class Proxies {

    /** A peer behind another. */
    static final class Proxied {

        private final Id id;
        private final Id proxy;
        private final Set<Id> subclusters = new LinkedHashSet<>();
        private long heardMs;
        private long broughtMs;

        private Proxied(Id id, Id proxy) {
            this.id = id;
            this.proxy = proxy;
        }

        Id id() {
            return id;
        }

        Set<Id> subclusters() {
            return subclusters;
        }
    }

    private final PeerTable peers;
    private final Map<Id, Proxied> proxied = new LinkedHashMap<>();

    Proxies(PeerTable peers) {
        this.peers = peers;
    }

    /**
     * A peer can be reached through another that has introduced it. One that already leads there is kept while it works,
     * or else whoever comes last would get all that is meant for the peer; kin, which signs, comes before others.
     *
     * @param subcluster what it is a member of, or null
     * @return whether its membership is news
     */
    boolean add(Id id, Peer proxy, Id subcluster, long nowMs) {
        Proxied known = proxied.get(id);
        if (known == null && proxied.size() >= Limits.PROXIED_MAX) {
            return false;
        }
        boolean keeps = known != null && !known.proxy.equals(proxy.id()) && works(known, proxy, nowMs);
        if (keeps && !proxy.kin()) {
            return false;
        }
        Proxied entry = keeps ? known : new Proxied(id, proxy.id());
        if (!keeps) {
            entry.broughtMs = nowMs;
        }
        if (known != null) {
            entry.subclusters.addAll(known.subclusters);
        }
        proxied.put(id, entry);
        entry.heardMs = nowMs;
        return subcluster != null
                && entry.subclusters.size() < Limits.PEER_SUBCLUSTERS_MAX
                && entry.subclusters.add(subcluster);
    }

    /** Whether a proxy is connected, as trustworthy as another, and has brought something of the peer not long ago. */
    private boolean works(Proxied known, Peer other, long nowMs) {
        Peer proxy = peers.byId(known.proxy);
        return proxy != null && (proxy.kin() || !other.kin()) && nowMs - known.broughtMs <= Timing.PROXY_SILENCE_MS;
    }

    /** Something was heard of a peer, from {@code source}: it is still there. */
    void heardOf(Id id, Peer source, long nowMs) {
        Proxied known = proxied.get(id);
        if (known != null) {
            known.heardMs = nowMs;
            known.broughtMs = known.proxy.equals(source.id()) ? nowMs : known.broughtMs;
        }
    }

    boolean contains(Id id) {
        return proxied.containsKey(id);
    }

    /** The peer to give what is meant for {@code id}: itself when it is connected, else its proxy, or null. */
    Peer toward(Id id) {
        Peer direct = peers.byId(id);
        Proxied known = direct == null ? proxied.get(id) : null;
        return known == null ? direct : peers.byId(known.proxy);
    }

    /** Takes an entry out; null when there is none. */
    Proxied remove(Id id) {
        return proxied.remove(id);
    }

    /** The peers that only {@code proxy} leads to. */
    List<Id> behind(Id proxy) {
        return select(entry -> entry.proxy.equals(proxy));
    }

    /** The peers of which nothing was heard for a long time. */
    List<Id> silent(long nowMs) {
        return select(entry -> nowMs - entry.heardMs > Timing.PROXY_SILENCE_MS);
    }

    /** The known members of a subcluster. */
    List<Id> members(Id subcluster) {
        return select(entry -> entry.subclusters.contains(subcluster));
    }

    private List<Id> select(Predicate<Proxied> test) {
        List<Id> selected = new ArrayList<>();
        proxied.values().stream().filter(test).forEach(entry -> selected.add(entry.id));
        return selected;
    }

    /** All of them, as of {@code nowMs} (monotonic). */
    List<ProxiedPeer> asOf(long nowMs) {
        return proxied.values().stream()
                .map(entry -> new ProxiedPeer(
                        entry.id,
                        entry.proxy,
                        nowMs - entry.heardMs,
                        Collections.unmodifiableSet(new TreeSet<>(entry.subclusters))))
                .toList();
    }

    boolean isEmpty() {
        return proxied.isEmpty();
    }

    int size() {
        return proxied.size();
    }
}
