// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
     * A peer can be reached through {@code proxy} from now on.
     *
     * @param subcluster what it is a member of, or null
     * @return whether its membership is news
     */
    boolean add(Id id, Id proxy, Id subcluster, long nowMs) {
        Proxied known = proxied.get(id);
        if (known == null && proxied.size() >= Limits.PROXIED_MAX) {
            return false;
        }
        Proxied entry = known != null && known.proxy.equals(proxy) ? known : new Proxied(id, proxy);
        if (known != null) {
            entry.subclusters.addAll(known.subclusters);
        }
        proxied.put(id, entry);
        entry.heardMs = nowMs;
        return subcluster != null
                && entry.subclusters.size() < Limits.PEER_SUBCLUSTERS_MAX
                && entry.subclusters.add(subcluster);
    }

    /** Something was heard of a peer: it is still there. */
    void heardOf(Id id, long nowMs) {
        Proxied known = proxied.get(id);
        if (known != null) {
            known.heardMs = nowMs;
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

    boolean isEmpty() {
        return proxied.isEmpty();
    }

    int size() {
        return proxied.size();
    }
}
