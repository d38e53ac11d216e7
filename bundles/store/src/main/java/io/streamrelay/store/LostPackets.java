// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredPacket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What the log tells of packets, for a database that was damaged and has lost some: those that were put and, as far as the
 * log goes back, not removed. One that was taken along with others is not told as it was put, and not found.
 */
final class LostPackets implements LogSegments.Visitor {

    /**
     * A packet as it was put, with what has become true of it since.
     *
     * @param atMs when it was put, by node time
     * @param segment of the log, with its content
     */
    record Put(StoredPacket packet, long atMs, int segment) {}

    private final Map<Long, Put> puts = new LinkedHashMap<>();

    @Override
    public void frame(LogFrame frame) {
        for (StoreChange change : frame.entry().changes()) {
            follow(change, frame);
        }
    }

    private void follow(StoreChange change, LogFrame frame) {
        if (change instanceof StoreChange.PutPacket put) {
            long atMs = frame.entry().at().nodeMs();
            puts.put(
                    PacketRow.key(put.packet().id().bytes()),
                    new Put(put.packet(), atMs, frame.at().segment()));
        } else if (change instanceof StoreChange.PacketPassedOn passedOn) {
            mark(passedOn.id().bytes(), packet -> packet.later(true, packet.delivered(), packet.ageMs()));
        } else if (change instanceof StoreChange.PacketDelivered delivered) {
            mark(delivered.id().bytes(), packet -> packet.later(packet.passedOn(), true, packet.ageMs()));
        } else if (change instanceof StoreChange.RemovePacket remove) {
            puts.remove(PacketRow.key(remove.id().bytes()));
        } else if (change instanceof StoreChange.EvictPacket evict) {
            puts.remove(PacketRow.key(evict.id().bytes()));
        }
    }

    private void mark(byte[] id, UnaryOperator<StoredPacket> how) {
        puts.computeIfPresent(
                PacketRow.key(id), (key, put) -> new Put(how.apply(put.packet()), put.atMs(), put.segment()));
    }

    /** By their keys, in the order in which they were put. */
    Map<Long, Put> puts() {
        return puts;
    }
}
