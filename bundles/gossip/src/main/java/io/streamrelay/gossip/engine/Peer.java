// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import java.util.LinkedHashSet;
import java.util.Set;

/** A connected peer, and all that this node remembers of it. */
final class Peer {

    private final Id id;
    private final boolean kin;
    private final Set<Id> subclusters = new LinkedHashSet<>();
    private final Outflow outflow;
    private Endpoint endpoint;
    private int natType;
    private boolean listsUs;
    private long heardMs;
    private long pingedMs = -1;
    private long pingHeardMs = Long.MIN_VALUE / 2;
    private long roundTripMs = -1;
    private long syncedMs = Long.MIN_VALUE / 2;

    Peer(Id id, Endpoint endpoint, int natType, boolean kin, long nowMs) {
        this.id = id;
        this.endpoint = endpoint;
        this.natType = natType;
        this.kin = kin;
        this.heardMs = nowMs;
        this.outflow = Outflow.toward(kin, nowMs);
    }

    Id id() {
        return id;
    }

    /** Whether it speaks our extensions. */
    boolean kin() {
        return kin;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    void endpoint(Endpoint moved) {
        endpoint = moved;
    }

    /** The number on the wire; 0 while it has not said. */
    int natType() {
        return natType;
    }

    void natType(int said) {
        natType = said;
    }

    /** Whether it is known to take this node for a peer. */
    boolean listsUs() {
        return listsUs;
    }

    void markListsUs() {
        listsUs = true;
    }

    void heard(long nowMs) {
        heardMs = nowMs;
    }

    long silentMs(long nowMs) {
        return nowMs - heardMs;
    }

    void pingHeard(long nowMs) {
        pingHeardMs = nowMs;
    }

    /** How long ago it last pinged this node. */
    long sincePingHeardMs(long nowMs) {
        return nowMs - pingHeardMs;
    }

    void pinged(long nowMs) {
        pingedMs = nowMs;
    }

    void ponged(long nowMs) {
        if (pingedMs >= 0) {
            roundTripMs = nowMs - pingedMs;
            pingedMs = -1;
        }
    }

    /** -1 while unmeasured. */
    long roundTripMs() {
        return roundTripMs;
    }

    /** When this node last began to reconcile with it. */
    long syncedMs() {
        return syncedMs;
    }

    void synced(long nowMs) {
        syncedMs = nowMs;
    }

    Outflow outflow() {
        return outflow;
    }

    Set<Id> subclusters() {
        return subclusters;
    }

    /** @return whether it is news */
    boolean joined(Id subcluster) {
        return subclusters.size() < Limits.PEER_SUBCLUSTERS_MAX && subclusters.add(subcluster);
    }
}
