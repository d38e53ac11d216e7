// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.gossip.engine.Observation;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what the engine observes to counters, listeners and the log. Called on the engine's thread. */
final class NodeObserver implements Consumer<Observation> {

    /** What a node knows of itself. */
    record Self(NatType natType, Optional<Endpoint> reflexive) {}

    private static final Logger LOG = LoggerFactory.getLogger(NodeObserver.class);

    private final Counters counters;
    private final Drops drops;
    private final Trails trails;
    private final Set<Id> peers = new HashSet<>();
    private final ReadyListeners ready;
    private final SubclusterRegistry subclusters;
    private volatile int connected;
    private volatile Self self = new Self(NatType.UNKNOWN, Optional.empty());

    NodeObserver(NodeParts parts, ReadyListeners ready, SubclusterRegistry subclusters) {
        this.counters = parts.counters();
        this.drops = parts.drops();
        this.trails = parts.trails();
        this.ready = ready;
        this.subclusters = subclusters;
    }

    Self self() {
        return self;
    }

    /** How many peers are connected. */
    int connected() {
        return connected;
    }

    @Override
    public void accept(Observation observation) {
        if (observation instanceof Observation.Counted counted) {
            counters.add(counted.counter(), counted.amount());
        } else if (observation instanceof Observation.Sent sent) {
            trails.sent(sent.message(), sent.peer());
        } else if (observation instanceof Observation.Held held) {
            trails.held(held.message(), held.peer());
        } else if (observation instanceof Observation.Dropped dropped) {
            drops.drop(dropped.reason().label(), dropped.from());
        } else if (observation instanceof Observation.PeerUp up) {
            peerUp(up);
        } else if (observation instanceof Observation.PeerDown down) {
            peers.remove(down.peer());
            connected = peers.size();
            LOG.info("peer {} is gone; {} connected", down.peer().shortHex(), connected);
        } else if (observation instanceof Observation.MemberUp up) {
            memberChanged(up.subcluster(), subcluster -> subcluster.memberUp(up.peer()));
        } else if (observation instanceof Observation.MemberDown down) {
            memberChanged(down.subcluster(), subcluster -> subcluster.memberDown(down.peer()));
        } else if (observation instanceof Observation.SelfChanged changed) {
            self = new Self(changed.natType(), Optional.ofNullable(changed.reflexive()));
            LOG.info("this node is {}, seen at {}", changed.natType(), changed.reflexive());
        }
    }

    private void peerUp(Observation.PeerUp up) {
        peers.add(up.peer());
        connected = peers.size();
        LOG.info("peer {} is connected at {}; {} connected", up.peer().shortHex(), up.endpoint(), connected);
        ready.ready();
    }

    private void memberChanged(Id subcluster, Consumer<MeshSubcluster> change) {
        subclusters.byId(subcluster).ifPresent(change);
    }
}
