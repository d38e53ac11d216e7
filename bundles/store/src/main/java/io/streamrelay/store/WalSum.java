// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The running checksum of a write-ahead log (sqlite.org/fileformat2.html#walformat): each frame's goes on from the one
 * before it.
 */
final class WalSum {

    private final ByteOrder order;
    private int first;
    private int second;

    /** @param order in which the bytes of the log's words are summed up */
    WalSum(ByteOrder order) {
        this.order = order;
    }

    /** Goes on from a checksum as it stands in the log. */
    void startAt(long sum) {
        first = (int) (sum >> Integer.SIZE);
        second = (int) sum;
    }

    /** Adds bytes, a multiple of eight. */
    void add(ByteBuffer bytes, int offset, int length) {
        ByteBuffer words = bytes.duplicate().order(order);
        int one = first;
        int other = second;
        for (int at = offset; at < offset + length; at += 2 * Integer.BYTES) {
            one += words.getInt(at) + other;
            other += words.getInt(at + Integer.BYTES) + one;
        }
        first = one;
        second = other;
    }

    /** The checksum as it stands in the log. */
    long value() {
        return (long) first << Integer.SIZE | second & 0xffffffffL;
    }
}
