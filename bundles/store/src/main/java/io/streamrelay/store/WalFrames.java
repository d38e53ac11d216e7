// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The frames of a write-ahead log: a header of 32 bytes, then for each page that was changed a header of 24 bytes and
 * the page. Pages are of one {@link Layout}'s size.
 */
final class WalFrames {

    static final int HEADER_BYTES = 32;
    static final int FRAME_HEADER_BYTES = 24;

    private static final int MAGIC = 0x377f0682;
    private static final int FORMAT = 3_007_000;

    /** How much of either header its checksum covers. */
    private static final int HEADER_SUMMED = 24;

    private static final int FRAME_SUMMED = 8;

    private final FileChannel channel;
    private final int pageBytes;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    private final ByteBuffer frame;

    WalFrames(FileChannel channel, Layout layout) throws IOException {
        this.channel = channel;
        pageBytes = layout.pageBytes();
        frame = ByteBuffer.allocate(FRAME_HEADER_BYTES + pageBytes);
        readFully(header, 0);
    }

    /** The frames of a log that says of which layout it is, or shows it; empty when it has none that we know. */
    static Optional<WalFrames> of(FileChannel channel) throws IOException {
        List<WalFrames> all = new ArrayList<>();
        for (Layout layout : Layout.values()) {
            if (channel.size() >= HEADER_BYTES + FRAME_HEADER_BYTES + layout.pageBytes()) {
                all.add(new WalFrames(channel, layout));
            }
        }
        Optional<WalFrames> named = all.stream()
                .filter(frames -> frames.isHeaderSound() && !frames.hasOtherPages())
                .findFirst();
        if (named.isPresent() || all.isEmpty() || all.get(0).isHeaderSound()) {
            return named;
        }
        for (WalFrames frames : all) {
            if (frames.firstThatFollows().isPresent()) {
                return Optional.of(frames);
            }
        }
        return Optional.empty();
    }

    /** The first frame that is right after the one before it. Zeros are, too, but they were never written. */
    OptionalInt firstThatFollows() throws IOException {
        int count = count();
        long previous = 0;
        for (int i = 0; i < count; i++) {
            read(i);
            if (i > 0 && frameSum() != 0 && frameSum() == sumAfter(previous)) {
                return OptionalInt.of(i);
            }
            previous = frameSum();
        }
        return OptionalInt.empty();
    }

    /** How many frames there is room for in the file; those at the end may be of an earlier use of it. */
    int count() throws IOException {
        return (int) ((channel.size() - HEADER_BYTES) / (FRAME_HEADER_BYTES + pageBytes));
    }

    boolean hasOtherPages() {
        return isHeaderSound() && header.getInt(8) != pageBytes;
    }

    boolean isHeaderSound() {
        return isMagic() && header.getInt(4) == FORMAT && header.getLong(24) == headerSumAsItOughtToBe();
    }

    private boolean isMagic() {
        return (header.getInt(0) & ~1) == MAGIC;
    }

    private long headerSumAsItOughtToBe() {
        WalSum sum = new WalSum(order());
        sum.add(header, 0, HEADER_SUMMED);
        return sum.value();
    }

    /** Bit 0 of the magic number tells the order of the words that are summed up; it is that of the host that wrote. */
    private ByteOrder order() {
        if (!isMagic()) {
            return ByteOrder.nativeOrder();
        }
        return (header.getInt(0) & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /** What all frames of one use of the log have in common. */
    long salt() {
        return header.getLong(16);
    }

    /** The checksum that the first frame goes on from. */
    long headerSum() {
        return header.getLong(24);
    }

    /** Writes a header that goes with frames of a salt. */
    void rewriteHeader(long salt) throws IOException {
        header.putInt(0, MAGIC | (order() == ByteOrder.BIG_ENDIAN ? 1 : 0))
                .putInt(4, FORMAT)
                .putInt(8, pageBytes)
                .putLong(16, salt);
        header.putLong(24, headerSumAsItOughtToBe());
        writeFully(header, 0);
    }

    /** Makes a frame the current one. */
    void read(int index) throws IOException {
        readFully(frame, offset(index));
    }

    int page() {
        return frame.getInt(0);
    }

    /** How many pages the database has after this frame if it ends a commit; 0 otherwise. */
    int commitPages() {
        return frame.getInt(4);
    }

    long frameSalt() {
        return frame.getLong(8);
    }

    long frameSum() {
        return frame.getLong(16);
    }

    /** The current frame's checksum as it ought to be after the one before it. */
    long sumAfter(long previous) {
        WalSum sum = new WalSum(order());
        sum.startAt(previous);
        sum.add(frame, 0, FRAME_SUMMED);
        sum.add(frame, FRAME_HEADER_BYTES, pageBytes);
        return sum.value();
    }

    /** Writes the current frame at some place, after a checksum, and answers with its own. */
    long write(int index, long salt, long previous) throws IOException {
        frame.putLong(8, salt);
        long sum = sumAfter(previous);
        frame.putLong(16, sum);
        writeFully(frame, offset(index));
        return sum;
    }

    /** Makes the current frame one that ends no commit. */
    void clearCommit() {
        frame.putInt(4, 0);
    }

    void force() throws IOException {
        channel.force(false);
    }

    private long offset(int index) {
        return HEADER_BYTES + (long) index * (FRAME_HEADER_BYTES + pageBytes);
    }

    private void readFully(ByteBuffer bytes, long position) throws IOException {
        bytes.clear();
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new IOException("the log has ended at " + (position + bytes.position()));
            }
        }
    }

    private void writeFully(ByteBuffer bytes, long position) throws IOException {
        bytes.clear();
        while (bytes.hasRemaining()) {
            channel.write(bytes, position + bytes.position());
        }
    }
}
