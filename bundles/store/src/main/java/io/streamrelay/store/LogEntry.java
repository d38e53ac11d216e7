// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoreChange;
import java.util.ArrayList;
import java.util.List;

/**
 * What is written to the log together, all or nothing.
 *
 * @param at when, by both clocks
 * @param changes in their order
 * @param moved packets whose earlier segment is to go
 */
record LogEntry(NodeClock.Reading at, List<StoreChange> changes, List<PacketBytes> moved) {

    /** An eighth of what is kept for a full disk. */
    private static final long LITTLE_BYTES = LogReserve.BYTES / 8;

    static LogEntry of(NodeClock.Reading at, List<StoreChange> changes) {
        return new LogEntry(at, changes, List.of());
    }

    /** Whether it keeps much: what only clears away, or lets a segment go for little, is written even when the disk is full. */
    boolean needsRoom() {
        return changes.stream().anyMatch(LogEntry::isPut)
                || moved.stream().mapToLong(packet -> packet.bytes().length).sum() > LITTLE_BYTES;
    }

    /** The packets whose contents it has. */
    List<PacketBytes> packets() {
        List<PacketBytes> packets = new ArrayList<>(moved);
        for (StoreChange change : changes) {
            if (change instanceof StoreChange.PutPacket put) {
                packets.add(new PacketBytes(put.packet().id(), put.packet().bytes()));
            }
        }
        return packets;
    }

    /** How many bytes changes keep, without what tells what they are. */
    static long bytes(List<StoreChange> changes) {
        return changes.stream().mapToLong(LogEntry::bytes).sum();
    }

    private static long bytes(StoreChange change) {
        if (change instanceof StoreChange.PutPacket put) {
            return put.packet().bytes().length;
        }
        if (change instanceof StoreChange.PutDelivery put) {
            return put.delivery().bytes().length;
        }
        return change instanceof StoreChange.PutNote put ? put.value().length : 0;
    }

    static boolean isPut(StoreChange change) {
        return change instanceof StoreChange.PutPacket
                || change instanceof StoreChange.PutDelivery
                || change instanceof StoreChange.PutNote
                || change instanceof StoreChange.PutConsumer;
    }
}
