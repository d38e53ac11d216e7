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

    static LogEntry of(NodeClock.Reading at, List<StoreChange> changes) {
        return new LogEntry(at, changes, List.of());
    }

    /** Whether it keeps something: what only clears away is written even when the disk is full. */
    boolean needsRoom() {
        return !moved.isEmpty() || changes.stream().anyMatch(LogEntry::isPut);
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

    static boolean isPut(StoreChange change) {
        return change instanceof StoreChange.PutPacket
                || change instanceof StoreChange.PutDelivery
                || change instanceof StoreChange.PutNote
                || change instanceof StoreChange.PutConsumer;
    }
}
