// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;

/** A verified packet that this node holds. */
final class CachedPacket {

    /** What an entry costs beside the packet's bytes: objects, map and summary entries. Estimated. */
    private static final int OVERHEAD_BYTES = 400;

    private final Packet packet;
    private final Id id;
    private final Id cluster;
    private final Id subcluster;
    private final boolean own;
    private final long storedMs;
    private final long deadlineMs;
    private long sequence;
    private boolean passedOn;
    private boolean delivered;

    CachedPacket(Packet packet, boolean own, long storedMs, long lifetimeMs) {
        this.packet = packet;
        this.id = packet.packetId();
        this.cluster = packet.id(Field.CLUSTER);
        this.subcluster = packet.id(Field.SUBCLUSTER);
        this.own = own;
        this.storedMs = storedMs;
        this.deadlineMs = storedMs + lifetimeMs;
        this.delivered = own;
    }

    Packet packet() {
        return packet;
    }

    Id id() {
        return id;
    }

    Id cluster() {
        return cluster;
    }

    Id subcluster() {
        return subcluster;
    }

    /** Whether this node made it. */
    boolean own() {
        return own;
    }

    long storedMs() {
        return storedMs;
    }

    long deadlineMs() {
        return deadlineMs;
    }

    /** Its place in the order in which packets came to be held. */
    long sequence() {
        return sequence;
    }

    void sequence(long place) {
        sequence = place;
    }

    int sizeBytes() {
        return packet.size() + OVERHEAD_BYTES;
    }

    /** Whether somebody else is known to hold it. */
    boolean passedOn() {
        return passedOn;
    }

    void markPassedOn() {
        passedOn = true;
    }

    /** Whether it needs no more delivery to this node's own application. */
    boolean delivered() {
        return delivered;
    }

    void markDelivered() {
        delivered = true;
    }

    boolean isFragmented() {
        return packet.index() >= 0;
    }

    /** The id of the head that a head or fragment belongs to. */
    Id headId() {
        return packet.index() == 0 ? id : packet.id(Field.PREVIOUS);
    }
}
