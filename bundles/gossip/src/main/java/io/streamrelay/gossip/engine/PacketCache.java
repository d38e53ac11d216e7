// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.api.StoreInfo;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.Summary;
import io.streamrelay.gossip.packet.SummaryTrie;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The packets that this node holds, bounded in bytes. What goes first when it is full: other clusters' packets, then
 * those of a sender that takes more than its part, then the oldest. Own packets that have been passed on are no exception,
 * so that neighbours of the same size hold the same packets and need not reconcile over and over; own packets that nobody
 * has got yet never go.
 */
final class PacketCache {

    /** In the order in which they are let go. */
    private enum Standing {
        FOREIGN,
        CARRIED,
        WAITING
    }

    private final Turn turn;
    private final Map<Id, CachedPacket> byId = new LinkedHashMap<>();
    private final EnumMap<Standing, Map<Id, CachedPacket>> byStanding = new EnumMap<>(Standing.class);
    private final TreeSet<CachedPacket> byDeadline =
            new TreeSet<>(Comparator.comparingLong(CachedPacket::deadlineMs).thenComparing(CachedPacket::id));
    private final SummaryTrie summary = new SummaryTrie();
    private final ForeignShares foreign = new ForeignShares();
    private final OriginShares origins = new OriginShares();
    private long carriedBytes;
    private long waitingBytes;
    private long sequence;
    private long changes;

    PacketCache(Turn turn) {
        this.turn = turn;
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
                turn.config().cluster(), byStanding.get(Standing.CARRIED).size(), carriedBytes - foreign.bytes()));
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
        file(packet, standingOf(packet));
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
        if (byId.get(packet.id()) == packet) {
            unfile(packet, standingOf(packet));
            packet.markPassedOn();
            file(packet, standingOf(packet));
        } else {
            packet.markPassedOn();
        }
        makeRoom();
    }

    private void file(CachedPacket packet, Standing standing) {
        byStanding.get(standing).put(packet.id(), packet);
        account(standing, packet.sizeBytes());
        if (standing == Standing.FOREIGN) {
            foreign.add(packet);
        } else if (standing == Standing.CARRIED) {
            origins.add(packet);
        }
    }

    private void unfile(CachedPacket packet, Standing standing) {
        byStanding.get(standing).remove(packet.id());
        account(standing, -packet.sizeBytes());
        if (standing == Standing.FOREIGN) {
            foreign.remove(packet);
        } else if (standing == Standing.CARRIED) {
            origins.remove(packet);
        }
    }

    private void account(Standing standing, long bytes) {
        if (standing == Standing.WAITING) {
            waitingBytes += bytes;
        } else {
            carriedBytes += bytes;
        }
    }

    private Standing standingOf(CachedPacket packet) {
        if (packet.own() && !packet.passedOn()) {
            return Standing.WAITING;
        }
        return turn.config().cluster().equals(packet.cluster()) ? Standing.CARRIED : Standing.FOREIGN;
    }

    private void makeRoom() {
        while (carriedBytes > turn.config().carriedBytesMax()) {
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
        CachedPacket overdrawn =
                others.isEmpty() ? origins.overdrawn(turn.config().carriedBytesMax()) : null;
        if (!others.isEmpty()) {
            evict(others.values().iterator().next(), "evicted-foreign");
        } else if (overdrawn != null) {
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
        unfile(packet, standingOf(packet));
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
        return gone;
    }

    /** {@link Long#MAX_VALUE} when nothing is held. */
    long nextDeadlineMs() {
        return byDeadline.isEmpty() ? Long.MAX_VALUE : byDeadline.first().deadlineMs();
    }
}
