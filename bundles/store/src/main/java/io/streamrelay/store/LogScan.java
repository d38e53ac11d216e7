// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.util.Optional;

/** What a log holds when it is opened: in which segment each packet is, what time it was last, and how far the database was. */
final class LogScan implements LogSegments.Visitor {

    private final PacketIndex homes = new PacketIndex();
    private NodeClock.Reading latest;
    private LogPosition applied = LogPosition.START;
    private int damagedBlocks;

    private LogScan() {}

    static LogScan of(LogSegments segments) throws IOException {
        LogScan scan = new LogScan();
        scan.damagedBlocks = segments.readFrom(LogPosition.START, scan);
        return scan;
    }

    @Override
    public void frame(LogFrame frame) {
        frame.entry()
                .packets()
                .forEach(packet -> homes.put(packet.key(), frame.at().segment()));
        latest = frame.entry().at();
        applied = frame.applied();
    }

    /** The segment with the latest copy of a packet; 0 when there is none. */
    int home(long key) {
        return (int) homes.find(key);
    }

    /** When the last entry was written. */
    Optional<NodeClock.Reading> latest() {
        return Optional.ofNullable(latest);
    }

    /** Up to where the database had everything when the last entry was written. */
    LogPosition applied() {
        return applied;
    }

    /** How many blocks are damaged that others follow. */
    int damagedBlocks() {
        return damagedBlocks;
    }
}
