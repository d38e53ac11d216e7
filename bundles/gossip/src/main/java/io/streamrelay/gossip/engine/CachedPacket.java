// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;

/** A verified packet that this node holds. */
final class CachedPacket {

    /** What an entry costs beside the packet's bytes: objects, map and summary entries. Estimated. */
    private static final int OVERHEAD_BYTES = 400;

    /** What the largest packet takes of the room, in bytes. */
    static final int LARGEST_BYTES = Packet.MAX_BYTES + OVERHEAD_BYTES;

    private final Packet packet;
    private final Id id;
    private final Id cluster;
    private final Id subcluster;
    private final boolean own;
    private final AgeStamp stamp;
    private final long bornMs;
    private final long lifetimeMs;
    private int messages = 1;
    private long sequence;
    private boolean durable;
    private boolean passedOn;
    private boolean delivered;
    private boolean taken;
    private boolean gone;
    private boolean comeAgain;
    private boolean restored;
    private Standing standing;
    private long wantedSinceMs;
    private Id bringer;
    private Peer namer;

    private CachedPacket(Packet packet, AgeStamp stamp, boolean own, long bornMs, long lifetimeMs) {
        this.packet = packet;
        this.id = packet.packetId();
        this.cluster = packet.id(Field.CLUSTER);
        this.subcluster = packet.id(Field.SUBCLUSTER);
        this.own = own;
        this.stamp = stamp;
        this.bornMs = bornMs;
        this.lifetimeMs = lifetimeMs;
    }

    /** One that this node has made, and committed. @param messages how many begin in it */
    static CachedPacket own(Packet packet, int messages, long bornMs, long lifetimeMs) {
        CachedPacket own = new CachedPacket(packet, AgeStamp.of(packet), true, bornMs, lifetimeMs);
        own.durable = true;
        own.delivered = true;
        own.taken = true;
        own.messages = messages;
        return own;
    }

    /**
     * One that has just come in: as old as it says, when it says so; else its life begins here, for as long as the
     * reference would keep it (protocol-v6 §3.15).
     */
    static CachedPacket arrived(Packet packet, long nowMs) {
        AgeStamp stamp = AgeStamp.of(packet);
        if (stamp != null) {
            return new CachedPacket(packet, stamp, false, nowMs - stamp.ageMs(), stamp.lifetimeMs());
        }
        long ttlMs = packet.ttl() > 0 ? Math.min(packet.ttl(), Timing.CACHE_TTL_MS) : Timing.CACHE_TTL_MS;
        return new CachedPacket(packet, null, false, nowMs, ttlMs);
    }

    /** One that the store held. */
    static CachedPacket restored(Packet packet, StoredPacket stored, long nowMs) {
        CachedPacket restored = new CachedPacket(
                packet, AgeStamp.of(packet), stored.own(), nowMs - stored.ageMs(), stored.lifetimeMs());
        restored.durable = true;
        restored.restored = true;
        restored.messages = stored.messages();
        restored.passedOn = stored.passedOn();
        restored.delivered = stored.delivered();
        restored.taken = stored.delivered();
        return restored;
    }

    /** Whether it says its age, and has a checksum. */
    boolean isStamped() {
        return stamp != null;
    }

    /** The id of the message's first packet. */
    Id messageId() {
        return isFragmented() ? headId() : id;
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

    /** Of an own one, how many messages begin in it, unless it is a fragment that goes on. */
    int messages() {
        return messages;
    }

    /** Whether this node made it. */
    boolean own() {
        return own;
    }

    /** How old it is, in milliseconds; of what says no age, how long it has been here. */
    long ageMs(long nowMs) {
        return nowMs - bornMs;
    }

    long lifetimeMs() {
        return lifetimeMs;
    }

    long deadlineMs() {
        return bornMs + lifetimeMs;
    }

    /** Whose it is, as far as a carrier can know: the pseudonym of its sender, or its subcluster. */
    long origin() {
        return stamp == null ? subcluster.hashCode() : stamp.origin();
    }

    /** How often it was passed on until it was here; a reference peer counts in the header alone, and to 16. */
    int hops() {
        return stamp == null ? packet.hops() : Math.max(packet.hops(), stamp.hops());
    }

    /** Whether it has come so far that it goes no farther. */
    boolean isAtItsEnd() {
        return !own && hops() >= (stamp == null ? Limits.HOPS_MAX : Limits.CARRIED_HOPS_MAX);
    }

    /** Whether it came because this node, or one before it on its way, was found to lack it. */
    boolean isRepair() {
        return stamp != null && stamp.isRepair();
    }

    /** Whether everybody behind this node may have got it by now, or most have found that it lacks. */
    boolean isLate(long nowMs) {
        return ageMs(nowMs) >= Timing.FRESH_MS;
    }

    /** The bytes that leave for another peer: one hop more, as old as it is. */
    byte[] outgoing(boolean asRepair, long nowMs) {
        return outgoing(asRepair, 0, nowMs);
    }

    /** The same, with something to say to the next hop alone, where it can be said. */
    byte[] outgoing(boolean asRepair, int flags, long nowMs) {
        byte[] bytes = new byte[packet.size()];
        leave(bytes, asRepair, flags, nowMs);
        return bytes;
    }

    /** Writes the same into an array that has room for it. */
    void leave(byte[] bytes, boolean asRepair, int flags, long nowMs) {
        packet.copyTo(bytes, Math.min(packet.hops() + 1, Limits.HOPS_MAX));
        if (stamp != null) {
            AgeStamp.rewrite(packet, bytes, hops() + 1, asRepair || isRepair(), flags, ageMs(nowMs));
        }
    }

    /** Whether it is on disk: only then others may rely on its being here. */
    boolean isDurable() {
        return durable;
    }

    void markDurable() {
        durable = true;
    }

    /** What it is held as; null while it is not. */
    Standing standing() {
        return standing;
    }

    void standing(Standing held) {
        standing = held;
    }

    /** Since when it has been {@link Standing#WANTED}, if it is. */
    long wantedSinceMs() {
        return wantedSinceMs;
    }

    void wantedSinceMs(long nowMs) {
        wantedSinceMs = nowMs;
    }

    /** Its place in the order in which packets came to be held. */
    long sequence() {
        return sequence;
    }

    void sequence(long place) {
        sequence = place;
    }

    int sizeBytes() {
        return sizeBytes(packet);
    }

    /** What a packet takes of the room, in bytes. */
    static int sizeBytes(Packet packet) {
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

    /** Whether the driver has got hold of what was delivered. */
    boolean taken() {
        return taken;
    }

    void markTaken() {
        taken = true;
    }

    /** Whether it was held before this node started. */
    boolean wasRestored() {
        return restored;
    }

    /** A peer has brought it. */
    void broughtBy(Id peer) {
        bringer = peer;
    }

    /** The peer that has brought it, or null. */
    Id bringer() {
        return bringer;
    }

    boolean wasBroughtBy(Id peer) {
        return peer.equals(bringer);
    }

    /** The peer whose receipt has named it, and that is to be asked whether it has it; or null. */
    Peer namedBy() {
        return namer;
    }

    void namedBy(Peer peer) {
        namer = peer;
    }

    /** Whether another copy of it has come. */
    boolean hasComeAgain() {
        return comeAgain;
    }

    void markComeAgain() {
        comeAgain = true;
    }

    /** Whether it is held no more. */
    boolean isGone() {
        return gone;
    }

    void markGone() {
        gone = true;
    }

    boolean isFragmented() {
        return packet.index() >= 0;
    }

    /** The id of the head that a head or fragment belongs to. */
    Id headId() {
        return packet.index() == 0 ? id : packet.id(Field.PREVIOUS);
    }
}
