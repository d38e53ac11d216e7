// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.NatType;
import io.streamrelay.api.PeerInfo;
import io.streamrelay.api.ProxiedPeer;
import io.streamrelay.api.Route;
import io.streamrelay.api.StoreInfo;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/** Answers what people ask of a node's peers and of what it holds. Changes nothing. */
final class Inspector {

    private final Turn turn;
    private final PeerTable peers;
    private final Proxies proxies;
    private final SelfView self;
    private final PacketCache cache;

    Inspector(Turn turn, PeerTable peers, Proxies proxies, SelfView self, PacketCache cache) {
        this.turn = turn;
        this.peers = peers;
        this.proxies = proxies;
        this.self = self;
        this.cache = cache;
    }

    /** The connected peers, as of {@code nowMs} (monotonic). */
    List<PeerInfo> peers(long nowMs) {
        return peers.all().stream().map(peer -> of(peer, nowMs)).toList();
    }

    private PeerInfo of(Peer peer, long nowMs) {
        Outflow outflow = peer.outflow();
        return new PeerInfo(
                peer.id(),
                peer.endpoint(),
                natType(peer),
                route(peer),
                peer.kin(),
                peer.silentMs(nowMs),
                peer.roundTripMs(),
                outflow.line() == null ? 0 : outflow.line().lossShare(),
                peer.progress().isInStep(),
                outflow.waiting(),
                Collections.unmodifiableSet(new TreeSet<>(peer.subclusters())));
    }

    static NatType natType(Peer peer) {
        return NatType.ofWire(peer.natType()).orElse(NatType.UNKNOWN);
    }

    /** Where both sides let nobody in unasked and are not on one network, there is a hole in each. */
    private Route route(Peer peer) {
        boolean needsHole = isRestricted(self.natType())
                && isRestricted(natType(peer))
                && AddressPolicy.isOnInternet(peer.endpoint().address());
        return needsHole || peer.path().socket().isPooled() ? Route.PUNCHED : Route.DIRECT;
    }

    private static boolean isRestricted(NatType type) {
        return type != NatType.UNKNOWN && type != NatType.UNRESTRICTED;
    }

    /** The peers behind others, as of {@code nowMs} (monotonic). */
    List<ProxiedPeer> proxied(long nowMs) {
        return proxies.asOf(nowMs);
    }

    /** What is held, and how much may be. */
    StoreInfo store() {
        return new StoreInfo(
                cache.carriedBytes(),
                turn.config().carriedBytesMax(),
                cache.waitingBytes(),
                turn.config().backlogBytesMax(),
                cache.clusters());
    }
}
