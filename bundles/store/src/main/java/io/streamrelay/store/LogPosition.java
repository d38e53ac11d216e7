// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

/**
 * A place in the log.
 *
 * @param segment its number, from 1; 0 is before all of them
 * @param block of {@link Layout#BLOCK_BYTES}, within the segment, from 0
 */
record LogPosition(int segment, int block) implements Comparable<LogPosition> {

    static final LogPosition START = new LogPosition(0, 0);

    @Override
    public int compareTo(LogPosition other) {
        return segment == other.segment ? Integer.compare(block, other.block) : Integer.compare(segment, other.segment);
    }
}
