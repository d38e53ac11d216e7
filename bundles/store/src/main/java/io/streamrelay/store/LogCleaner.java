// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets segments go of which nothing is held any more. Where more than half of the log is of no use, it takes what is held
 * of one of them along to the end, so that it can go, too.
 */
final class LogCleaner {

    private static final Logger LOG = LoggerFactory.getLogger(LogCleaner.class);

    /** As much of no use is left alone: four segments, a guess. */
    private static final long SLACK_BYTES = 4L << 20;

    private static final double SHARE_MAX = 0.5;

    /** What is taken along is written in pieces of this size: several fit what is kept for the end of a full disk. */
    private static final int PIECE_BYTES = 1 << 16;

    private final PacketLog log;
    private final PacketHomes homes;

    /** What cannot be read of these cannot be taken along, or they cannot be removed. */
    private final Set<Integer> stuck = new HashSet<>();

    LogCleaner(PacketLog log, PacketHomes homes) {
        this.log = log;
        this.homes = homes;
    }

    /** Whether there is something to take along. */
    boolean isDue() {
        return log.bytes() > 2 * homes.bytes() + SLACK_BYTES;
    }

    /**
     * Removes segments that hold nothing; tells whether there were any.
     *
     * @param applied up to where the database has everything: what is behind that is of use whatever it is
     */
    boolean removeEmpty(LogPosition applied) {
        boolean any = false;
        for (int segment : log.closed().headMap(applied.segment()).keySet()) {
            if (homes.heldBytes(segment) == 0) {
                any |= isDeleted(segment);
            }
        }
        return any;
    }

    /** Lets one segment go that holds little. @return whether one has gone */
    boolean takeAlong(NodeClock.Reading now, LogPosition applied) throws IOException {
        Optional<Integer> emptiest = isDue() ? emptiest(applied) : Optional.empty();
        if (emptiest.isEmpty()) {
            return false;
        }
        return takeAlong(emptiest.get(), now, applied);
    }

    private Optional<Integer> emptiest(LogPosition applied) {
        return log.closed().headMap(applied.segment()).entrySet().stream()
                .filter(segment -> share(segment) <= SHARE_MAX && !stuck.contains(segment.getKey()))
                .min((a, b) -> Double.compare(share(a), share(b)))
                .map(Map.Entry::getKey);
    }

    private double share(Map.Entry<Integer, Long> segment) {
        return (double) homes.heldBytes(segment.getKey()) / Math.max(1, segment.getValue());
    }

    private boolean takeAlong(int segment, NodeClock.Reading now, LogPosition applied) throws IOException {
        Map<Long, PacketBytes> held = held(segment);
        List<PacketBytes> piece = new ArrayList<>();
        int bytes = 0;
        for (PacketBytes packet : held.values()) {
            piece.add(packet);
            bytes += packet.bytes().length;
            if (bytes >= PIECE_BYTES) {
                move(piece, now, applied);
                piece.clear();
                bytes = 0;
            }
        }
        if (!piece.isEmpty()) {
            move(piece, now, applied);
        }
        boolean gone = homes.heldBytes(segment) == 0 && isDeleted(segment);
        if (!gone) {
            stuck.add(segment);
        }
        return gone;
    }

    /** As far as it can be read. */
    private Map<Long, PacketBytes> held(int segment) {
        Map<Long, PacketBytes> held = new LinkedHashMap<>();
        try {
            log.segments().read(segment, 0, frame -> {
                for (PacketBytes packet : frame.entry().packets()) {
                    if (homes.find(packet.key()) == segment) {
                        held.put(packet.key(), packet);
                    }
                }
            });
        } catch (IOException e) {
            LOG.debug("Segment {} cannot be read", segment, e);
        }
        return held;
    }

    private boolean isDeleted(int segment) {
        try {
            log.delete(segment);
            return true;
        } catch (IOException e) {
            LOG.debug("Segment {} stays where it is", segment, e);
            return false;
        }
    }

    private void move(List<PacketBytes> packets, NodeClock.Reading now, LogPosition applied) throws IOException {
        LogPosition end = log.append(new LogEntry(now, List.of(), List.copyOf(packets)), applied);
        for (PacketBytes packet : packets) {
            long size = packet.bytes().length;
            homes.remove(packet.key(), size);
            homes.put(packet.key(), end.segment(), size);
        }
    }
}
