// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.api.StoreInfo;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Inventory;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.Summary;
import io.streamrelay.gossip.packet.SummaryTrie;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The packets that this node holds, bounded in bytes. What goes first when it is full: other clusters' packets, then
 * those of a sender that takes more than its part, then the oldest. Own packets that have been passed on are no exception,
 * so that neighbours of the same size hold the same packets and need not reconcile over and over. Three kinds never go:
 * own packets that nobody has got yet, whole messages that this node has promised to deliver and has not, and parts of large
 * ones that lack others, which may come when nobody else holds these any more; rather nothing more is taken. The latter may
 * be in vain: what has waited for long gives way beyond a part of the room.
 */
final class PacketCache {

    /** What is wanted here gets one part of the room of so many; no large message is begun beyond that. A guess. */
    private static final int WANTED_PART = 2;

    /** After so long what is still wanted gives way, if it takes more than its part. A guess. */
    static final long WANTED_MS = 600_000;

    /** What is owed must have become less than one part of the room of so many before more is asked for. A guess. */
    private static final int BEHIND_PART = 2;

    /** For so long after a start what was left to deliver waits for its subcluster to be subscribed; then it gives way. */
    static final long RETURN_MS = WANTED_MS;

    private final Turn turn;
    private final Set<Id> subscriptions;
    /** Subclusters of which packets had been delivered before a restart: they are about to be subscribed again. */
    private final Set<Id> formerly = new HashSet<>();

    private long restoredMs;
    private long returnEndsMs = Long.MIN_VALUE;
    private boolean isBehind;

    private final Map<Id, CachedPacket> byId = new LinkedHashMap<>();
    private final EnumMap<Standing, Map<Id, CachedPacket>> byStanding = new EnumMap<>(Standing.class);
    private final TreeSet<CachedPacket> byDeadline =
            new TreeSet<>(Comparator.comparingLong(CachedPacket::deadlineMs).thenComparing(CachedPacket::id));
    private final SummaryTrie summary = new SummaryTrie();
    private final ForeignShares foreign = new ForeignShares();
    private final OriginShares origins = new OriginShares();
    private long carriedBytes;
    private long wantedBytes;
    private long owedBytes;
    private long waitingBytes;
    private long sequence;
    private long changes;

    /** @param subscriptions whose packets are for this node; {@link #wantsOthers} follows each change */
    PacketCache(Turn turn, Set<Id> subscriptions) {
        this.turn = turn;
        this.subscriptions = subscriptions;
        for (Standing standing : Standing.values()) {
            byStanding.put(standing, new LinkedHashMap<>());
        }
    }

    boolean contains(Id id) {
        return byId.containsKey(id);
    }

    /** Null when it is not held. */
    CachedPacket get(Id id) {
        return byId.get(id);
    }

    int size() {
        return byId.size();
    }

    /** The own packets that nobody is known to have got yet. */
    Collection<CachedPacket> waiting() {
        return byStanding.get(Standing.WAITING).values();
    }

    /** Bytes of own packets that nobody has got yet. */
    long waitingBytes() {
        return waitingBytes;
    }

    /** Bytes of all others. */
    long carriedBytes() {
        return carriedBytes;
    }

    /** What is carried for each cluster: this node's own, then the largest of the others. */
    List<StoreInfo.Cluster> clusters() {
        List<StoreInfo.Cluster> clusters = new ArrayList<>();
        clusters.add(new StoreInfo.Cluster(
                turn.config().cluster(),
                byStanding.get(Standing.CARRIED).size()
                        + byStanding.get(Standing.WANTED).size()
                        + byStanding.get(Standing.OWED).size(),
                carriedBytes - foreign.bytes()));
        foreign.clusters().stream().limit(Limits.CLUSTERS_TOLD_MAX - 1).forEach(clusters::add);
        return clusters;
    }

    /** All packets, oldest first, as a copy. */
    List<CachedPacket> all() {
        return new ArrayList<>(byId.values());
    }

    /** The packets on disk whose ids begin with these hex digits, as a copy. */
    List<CachedPacket> withPrefix(String prefix) {
        return summary.ids(prefix).stream().map(byId::get).toList();
    }

    Summary summary(String prefix) {
        return summary.summary(prefix);
    }

    byte[] summaryHash() {
        return summary.hash();
    }

    /** Holds one more packet; others may have to go for it. */
    void add(CachedPacket packet) {
        if (byId.putIfAbsent(packet.id(), packet) != null) {
            return;
        }
        packet.sequence(sequence++);
        changes++;
        file(packet);
        byDeadline.add(packet);
        if (packet.isDurable()) {
            summary.insert(packet.id());
        }
        makeRoom();
        keepShares(packet.cluster());
    }

    /** Whether another's packet could be held without evicting one that is worth as much. */
    boolean hasRoomFor(Packet packet) {
        long roomBytes = turn.config().carriedBytesMax();
        int bytes = CachedPacket.sizeBytes(packet);
        Id cluster = packet.id(Field.CLUSTER);
        return turn.config().cluster().equals(cluster)
                ? carriedBytes - foreign.bytes() + bytes <= roomBytes
                : carriedBytes + bytes <= roomBytes && foreign.hasRoomFor(cluster, bytes, roomBytes);
    }

    /** Whether there is room for the largest packet without another's going. */
    boolean hasRoom() {
        return carriedBytes - foreign.bytes() + CachedPacket.LARGEST_BYTES
                <= turn.config().carriedBytesMax();
    }

    /** The packets whose ids begin with these six bytes, as a number, and that are on disk. */
    List<CachedPacket> withStart(long start) {
        return withPrefix(HexFormat.of().toHexDigits(start, Inventory.START_DIGITS));
    }

    /** The packets that are not on disk, or not yet. */
    Stream<CachedPacket> unsafe() {
        return byId.values().stream().filter(packet -> !packet.isDurable());
    }

    /** Whether another's packet cannot be held yet, as all that would have to go for it has yet to be delivered. */
    boolean isPromised(Packet packet) {
        return isFullOfPromises(packet) || begins(packet) && (isBehind || takesItsPart());
    }

    /** A large message: of one that has begun the rest is taken as long as there is room. */
    private boolean begins(Packet packet) {
        return packet.index() == 0 && subscriptions.contains(packet.id(Field.SUBCLUSTER));
    }

    private boolean isFullOfPromises(Packet packet) {
        long roomBytes = turn.config().carriedBytesMax();
        int bytes = CachedPacket.sizeBytes(packet);
        if (promisedBytes() + bytes > roomBytes && returnHasEnded()) {
            all().forEach(this::fileAnew);
            makeRoom();
            catchUp();
        }
        boolean isFull = promisedBytes() + bytes > roomBytes;
        // What lacks of a large message comes when it is asked for alone.
        isBehind |= isFull && owedBytes > roomBytes / BEHIND_PART;
        return isFull;
    }

    /** What may not go. */
    private long promisedBytes() {
        long partBytes = turn.config().carriedBytesMax() / WANTED_PART;
        return owedBytes + (isStale() ? Math.min(wantedBytes, partBytes) : wantedBytes);
    }

    /** Whether something has been wanted for so long that it most likely is in vain. */
    private boolean isStale() {
        Map<Id, CachedPacket> wanted = byStanding.get(Standing.WANTED);
        return !wanted.isEmpty()
                && turn.nowMs() - wanted.values().iterator().next().wantedSinceMs() >= WANTED_MS;
    }

    /** Whether what is wanted takes as much as it may. */
    private boolean takesItsPart() {
        return wantedBytes > turn.config().carriedBytesMax() / WANTED_PART && !isStale();
    }

    /** Whether the driver has to take much of what was delivered before others are asked for more. */
    boolean isBehind() {
        return isBehind;
    }

    private void catchUp() {
        if (isBehind && owedBytes <= turn.config().carriedBytesMax() / BEHIND_PART) {
            isBehind = false;
            turn.raise(new Signal.CaughtUp());
        }
    }

    /** True once. */
    private boolean returnHasEnded() {
        boolean ended = returnEndsMs != Long.MIN_VALUE && turn.nowMs() - returnEndsMs >= 0;
        returnEndsMs = ended ? Long.MIN_VALUE : returnEndsMs;
        return ended;
    }

    /** A packet is on disk: from now on the summary tells of it. */
    void durable(Id id) {
        CachedPacket packet = byId.get(id);
        if (packet != null && !packet.isDurable()) {
            packet.markDurable();
            changes++;
            summary.insert(id);
        }
    }

    /** Somebody else holds a packet: an own one may go from now on. */
    void passedOn(CachedPacket packet) {
        if (packet.passedOn()) {
            return;
        }
        packet.markPassedOn();
        fileAnew(packet);
        makeRoom();
    }

    /** A packet has been delivered, and is owed until it is {@link #taken}. */
    void delivered(CachedPacket packet) {
        packet.markDelivered();
        fileAnew(packet);
    }

    /** What was delivered has been taken, and is only carried from now on. */
    void taken(CachedPacket packet) {
        packet.markTaken();
        fileAnew(packet);
        makeRoom();
        keepShares(packet.cluster());
        catchUp();
    }

    /** Before a restart packets of these subclusters had been delivered. */
    void wantsAsBefore(Set<Id> subclusters) {
        formerly.addAll(subclusters);
        restoredMs = turn.nowMs();
        returnEndsMs = restoredMs + RETURN_MS;
    }

    /** A packet that the store held is about to come back: what was delivered before tells what this node wants. */
    void restored(CachedPacket packet) {
        if (packet.delivered() && !packet.own()) {
            formerly.add(packet.subcluster());
        }
    }

    /** A subcluster's packets are wanted, or not any more. */
    void wantsOthers() {
        formerly.removeAll(subscriptions);
        all().forEach(this::fileAnew);
    }

    /** A subcluster's packets are not wanted any more. */
    void unwanted(Id subcluster) {
        formerly.remove(subcluster);
        wantsOthers();
    }

    private void fileAnew(CachedPacket packet) {
        if (byId.get(packet.id()) == packet && packet.standing() != standingOf(packet)) {
            unfile(packet);
            file(packet);
        }
    }

    private void file(CachedPacket packet) {
        Standing standing = standingOf(packet);
        packet.standing(standing);
        byStanding.get(standing).put(packet.id(), packet);
        account(standing, packet.sizeBytes());
        switch (standing) {
            case FOREIGN -> foreign.add(packet);
            case CARRIED -> origins.add(packet);
            case WANTED -> packet.wantedSinceMs(packet.wasRestored() ? restoredMs : turn.nowMs());
            case OWED, WAITING -> {}
        }
    }

    private void unfile(CachedPacket packet) {
        Standing standing = packet.standing();
        byStanding.get(standing).remove(packet.id());
        account(standing, -packet.sizeBytes());
        switch (standing) {
            case FOREIGN -> foreign.remove(packet);
            case CARRIED -> origins.remove(packet);
            case WANTED, OWED, WAITING -> {}
        }
    }

    private void account(Standing standing, long bytes) {
        if (standing == Standing.WAITING) {
            waitingBytes += bytes;
        } else {
            carriedBytes += bytes;
        }
        wantedBytes += standing == Standing.WANTED ? bytes : 0;
        owedBytes += standing == Standing.OWED ? bytes : 0;
    }

    private Standing standingOf(CachedPacket packet) {
        if (packet.own() && !packet.passedOn()) {
            return Standing.WAITING;
        }
        if (isOwed(packet)) {
            return Standing.OWED;
        }
        if (!turn.config().cluster().equals(packet.cluster())) {
            return Standing.FOREIGN;
        }
        return isWanted(packet) ? Standing.WANTED : Standing.CARRIED;
    }

    private boolean isOwed(CachedPacket packet) {
        if (packet.own() || packet.taken()) {
            return false;
        }
        boolean returning = returnEndsMs != Long.MIN_VALUE && formerly.contains(packet.subcluster());
        return packet.delivered() || isWholeAndNew(packet) || packet.wasRestored() && returning;
    }

    /** A message of one packet is delivered in the turn in which it comes, if it is wanted. */
    private boolean isWholeAndNew(CachedPacket packet) {
        return !packet.isFragmented() && !packet.wasRestored() && subscriptions.contains(packet.subcluster());
    }

    private boolean isWanted(CachedPacket packet) {
        if (packet.delivered() || packet.own() || !packet.isFragmented() && !packet.wasRestored()) {
            return false;
        }
        return subscriptions.contains(packet.subcluster())
                || packet.wasRestored() && formerly.contains(packet.subcluster());
    }

    private void makeRoom() {
        while (carriedBytes > Math.max(promisedBytes(), turn.config().carriedBytesMax())) {
            evictOne();
        }
    }

    /** Own packets always find room; other clusters, each and all together, have to do with less. */
    private void keepShares(Id cluster) {
        long roomBytes = turn.config().carriedBytesMax();
        for (CachedPacket victim = foreign.overdrawn(cluster, roomBytes);
                victim != null;
                victim = foreign.overdrawn(cluster, roomBytes)) {
            evict(victim, "evicted-cluster-share");
        }
        while (foreign.areOverdrawn(roomBytes)) {
            evictOne();
        }
    }

    /** A number that differs whenever what is held has changed. */
    long changes() {
        return changes;
    }

    /** Other clusters' packets first, then those of a sender that takes more than its part, then the oldest. */
    private void evictOne() {
        Map<Id, CachedPacket> others = byStanding.get(Standing.FOREIGN);
        if (!others.isEmpty()) {
            evict(others.values().iterator().next(), "evicted-foreign");
            return;
        }
        long roomBytes = turn.config().carriedBytesMax();
        if (wantedBytes > roomBytes / WANTED_PART && isStale()) {
            evict(byStanding.get(Standing.WANTED).values().iterator().next(), "evicted-oldest");
            return;
        }
        CachedPacket overdrawn = origins.overdrawn(roomBytes);
        if (overdrawn != null) {
            evict(overdrawn, "evicted-sender-share");
        } else {
            evict(byStanding.get(Standing.CARRIED).values().iterator().next(), "evicted-oldest");
        }
    }

    private void evict(CachedPacket victim, String reason) {
        remove(victim);
        turn.count(reason, 1);
        turn.raise(new Signal.PacketEvicted(victim));
    }

    private void remove(CachedPacket packet) {
        changes++;
        byId.remove(packet.id());
        unfile(packet);
        if (packet.isDurable()) {
            summary.remove(packet.id());
        }
        byDeadline.remove(packet);
    }

    /** Lets go of what has expired. */
    List<CachedPacket> expire() {
        List<CachedPacket> gone = new ArrayList<>();
        while (!byDeadline.isEmpty() && byDeadline.first().deadlineMs() - turn.nowMs() <= 0) {
            CachedPacket packet = byDeadline.first();
            remove(packet);
            gone.add(packet);
        }
        catchUp();
        return gone;
    }

    /** {@link Long#MAX_VALUE} when nothing is held. */
    long nextDeadlineMs() {
        return byDeadline.isEmpty() ? Long.MAX_VALUE : byDeadline.first().deadlineMs();
    }
}
