// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Strategy;

/** A peer that another has introduced, while it is not connected. */
final class Acquaintance {

    private final Id id;
    private final Endpoint endpoint;
    private final int natType;
    private final Id cluster;
    private final Id subcluster;
    private final Id introducer;
    private final boolean arranged;
    private final long introducedMs;
    private Strategy strategy;
    private int askings;
    private boolean givenTime;

    /**
     * @param natType the number on the wire
     * @param introducer the connected peer that introduces it
     * @param arranged whether one of both has asked for the other, as kin says
     */
    Acquaintance(
            Id id,
            Endpoint endpoint,
            int natType,
            Id cluster,
            Id subcluster,
            Id introducer,
            boolean arranged,
            long introducedMs) {
        this.id = id;
        this.endpoint = endpoint;
        this.natType = natType;
        this.cluster = cluster;
        this.subcluster = subcluster;
        this.introducer = introducer;
        this.arranged = arranged;
        this.introducedMs = introducedMs;
    }

    Id id() {
        return id;
    }

    /** Where its introducer sees it. */
    Endpoint endpoint() {
        return endpoint;
    }

    int natType() {
        return natType;
    }

    /** Null when the intro named none. */
    Id cluster() {
        return cluster;
    }

    /** Null when the intro named none. */
    Id subcluster() {
        return subcluster;
    }

    Id introducer() {
        return introducer;
    }

    boolean isArranged() {
        return arranged;
    }

    long introducedMs() {
        return introducedMs;
    }

    Strategy strategy() {
        return strategy;
    }

    void strategy(Strategy chosen) {
        strategy = chosen;
    }

    /** How often its introducer was asked to introduce it once more. */
    int askings() {
        return askings;
    }

    void askings(int times) {
        askings = times;
    }

    /** @return whether this is the first time that it has not connected in time */
    boolean timedOut() {
        boolean first = !givenTime;
        givenTime = true;
        return first;
    }
}
