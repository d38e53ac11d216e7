// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.Deflater;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log in which everything is safe first, and packets stay: segments that are filled one after the other, each write
 * forced to the disk. One thread writes; figures are thread-safe.
 *
 * <p>On a full disk what only clears away goes into a file that was kept for that.
 */
final class PacketLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PacketLog.class);

    /** Small, so that one that is to go costs little; a guess. */
    private static final int SEGMENT_BLOCKS = 256;

    private static final int SEGMENTS_MIN = 8;

    /** Room for as many commits that only remove something. */
    private static final int RESERVE_BLOCKS = 64;

    private final LogSegments segments;
    private final long blocksMax;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final TreeMap<Integer, Long> sizes;
    private FileChannel channel;
    private LogPosition next;
    private volatile long bytes;
    private volatile long writtenBytes;

    private PacketLog(LogSegments segments, TreeMap<Integer, Long> sizes, int after, long blocksMax) {
        this.segments = segments;
        this.sizes = sizes;
        this.blocksMax = blocksMax;
        // Nothing is written behind what a power cut may have left half done.
        next = new LogPosition(Math.max(after, sizes.isEmpty() ? 0 : sizes.lastKey()) + 1, 0);
        bytes = sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * @param after the segment up to which the database has everything, whether it is there still or not
     * @param blocksMax how many blocks the log may have
     */
    static PacketLog open(LogSegments segments, int after, long blocksMax) throws IOException {
        PacketLog log = new PacketLog(segments, segments.sizes(), after, blocksMax);
        log.keepReserve();
        return log;
    }

    /**
     * Writes an entry and forces it to the disk.
     *
     * @param applied up to where the database has everything
     * @return where it ends, within the segment that it is in
     */
    LogPosition append(LogEntry entry, LogPosition applied) throws IOException {
        try {
            return append(entry, applied, entry.needsRoom());
        } catch (IOException e) {
            if (entry.needsRoom() || !takeReserve()) {
                throw e;
            }
            return append(entry, applied, false);
        }
    }

    private LogPosition append(LogEntry entry, LogPosition applied, boolean bounded) throws IOException {
        ByteBuffer frame = LogFrame.encode(entry, next, applied, deflater);
        int blocks = frame.limit() / Layout.BLOCK_BYTES;
        if (bounded && bytes / Layout.BLOCK_BYTES + blocks > blocksMax) {
            throw new LogFullException("the log is full: it may have " + blocksMax + " blocks");
        }
        if (next.block() > 0 && next.block() + blocks > segmentBlocks()) {
            begin(next.segment() + 1);
            frame = LogFrame.encode(entry, next, applied, deflater);
        }
        write(frame);
        next = new LogPosition(next.segment(), next.block() + blocks);
        writtenBytes += (long) blocks * Layout.BLOCK_BYTES;
        grown();
        return next;
    }

    private long segmentBlocks() {
        return Math.min(SEGMENT_BLOCKS, Math.max(1, blocksMax / SEGMENTS_MIN));
    }

    private void write(ByteBuffer frame) throws IOException {
        if (channel == null) {
            begin(next.segment());
        }
        long at = (long) next.block() * Layout.BLOCK_BYTES;
        try {
            for (long to = at; frame.hasRemaining(); ) {
                to += channel.write(frame, to);
            }
            channel.force(false);
        } catch (IOException e) {
            blank(at);
            throw e;
        }
    }

    /** What was said not to be safe must not turn up after a restart. */
    private void blank(long at) {
        try {
            channel.write(ByteBuffer.allocate(Layout.BLOCK_BYTES), at);
        } catch (IOException e) {
            LOG.trace("The next entry is written over it", e);
        }
    }

    private void begin(int segment) throws IOException {
        Path file = segments.file(segment);
        FileChannel opened = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), Permissions.ownerOnlyFile(file));
        try {
            StateFile.forceFolder(segments.folder());
        } catch (IOException e) {
            opened.close();
            throw e;
        }
        closeChannel();
        channel = opened;
        next = new LogPosition(segment, 0);
        sizes.put(segment, 0L);
    }

    private void grown() {
        long before = sizes.get(next.segment());
        long now = Math.max(before, (long) next.block() * Layout.BLOCK_BYTES);
        sizes.put(next.segment(), now);
        bytes += now - before;
    }

    /** Goes on in the file that was kept. @return false when there is none */
    private boolean takeReserve() {
        int segment = next.segment() + 1;
        try {
            Files.move(segments.reserve(), segments.file(segment));
            begin(segment);
            bytes += Files.size(segments.file(segment));
            sizes.put(segment, Files.size(segments.file(segment)));
            return true;
        } catch (IOException e) {
            LOG.debug("There is nothing left to write to", e);
            return false;
        }
    }

    /** Makes the file for the end of a full disk, as far as there is room for it. */
    void keepReserve() {
        Path reserve = segments.reserve();
        if (Files.exists(reserve) || blocksMax < RESERVE_BLOCKS * SEGMENTS_MIN) {
            return;
        }
        Path begun = reserve.resolveSibling(reserve.getFileName() + ".tmp");
        try {
            Files.deleteIfExists(begun);
            Files.createFile(begun, Permissions.ownerOnlyFile(begun));
            Files.write(begun, new byte[RESERVE_BLOCKS * Layout.BLOCK_BYTES]);
            Files.move(begun, reserve);
        } catch (IOException e) {
            LOG.debug("Nothing is kept for the end of a full disk", e);
            begun.toFile().delete();
        }
    }

    /** The segments behind which others are written, with their bytes. */
    TreeMap<Integer, Long> closed() {
        return new TreeMap<>(sizes.headMap(next.segment()));
    }

    /** Where the next entry begins, if it finds room in the segment. */
    LogPosition end() {
        return next;
    }

    /** What a segment holds is of no use any more. */
    void delete(int segment) throws IOException {
        Files.deleteIfExists(segments.file(segment));
        bytes -= sizes.remove(segment);
    }

    LogSegments segments() {
        return segments;
    }

    long bytes() {
        return bytes;
    }

    /** All that was written since it was opened, in whole blocks. */
    long writtenBytes() {
        return writtenBytes;
    }

    private void closeChannel() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void close() {
        deflater.end();
        try {
            closeChannel();
        } catch (IOException e) {
            LOG.debug("A segment of the log could not be closed; all of it is on the disk", e);
        }
    }
}
