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
 * <p>On a full disk what clears away, and what is taken along so that its segment can go, is written to a file that was
 * kept for that: a segment that takes nothing else.
 */
final class PacketLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PacketLog.class);

    /** Small, so that one that is to go costs little; a guess. */
    private static final int SEGMENT_BLOCKS = 256;

    private static final int SEGMENTS_MIN = 8;

    /** More than what is left over of what the file system has begun. */
    private static final int PROBE_BLOCKS = 4;

    private final LogSegments segments;
    private final LogReserve reserve;
    private final LogReserve reserveOfStart;
    private final long blocksMax;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final TreeMap<Integer, Long> sizes;
    private FileChannel channel;
    private LogPosition next;
    private boolean inReserve;
    private boolean isWhole = true;
    private volatile long bytes;
    private volatile long writtenBytes;

    private PacketLog(LogSegments segments, TreeMap<Integer, Long> sizes, int after, long blocksMax) {
        this.segments = segments;
        this.sizes = sizes;
        this.blocksMax = blocksMax;
        reserve = LogReserve.ofLog(segments.folder());
        reserveOfStart = LogReserve.ofStart(segments.folder());
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
     * Writes an entry and forces it to the disk. When this throws, nothing of it will be there after a restart.
     *
     * @param applied up to where the database has everything
     * @return where it ends, within the segment that it is in
     * @throws LogFullException when there is no room for it
     */
    LogPosition append(LogEntry entry, LogPosition applied) throws IOException {
        try {
            leaveReserve(entry);
            return append(entry, applied, entry.needsRoom());
        } catch (IOException e) {
            if (entry.needsRoom() || !takeReserve()) {
                throw named(e);
            }
        }
        try {
            return append(entry, applied, false);
        } catch (IOException e) {
            throw named(e);
        }
    }

    /** Where nothing of it is left, and the disk is full, that is what it is called. */
    private IOException named(IOException e) {
        boolean full = !(e instanceof LogFullException) && isWhole && isFull(e);
        return full ? new LogFullException("the disk is full: " + e.getMessage()) : e;
    }

    /** By a text, which is in the language of the host, or by what the file system says. */
    private boolean isFull(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("No space left") || message.contains("quota")) {
            return true;
        }
        try {
            return Files.getFileStore(segments.folder()).getUsableSpace() < Layout.BLOCK_BYTES * PROBE_BLOCKS;
        } catch (IOException unknown) {
            LOG.trace("How much room there is cannot be found out", unknown);
            return false;
        }
    }

    /** The reserve is not for what needs room: that another one can be made proves that there is some. */
    private void leaveReserve(LogEntry entry) throws IOException {
        if (inReserve && entry.needsRoom()) {
            if (!keepReserve()) {
                throw new LogFullException("the disk is full");
            }
            begin(next.segment() + 1);
        } else if (channel != null && !channel.isOpen()) {
            // Whoever interrupts a thread that writes closes its file.
            begin(next.segment() + 1);
        }
    }

    private LogPosition append(LogEntry entry, LogPosition applied, boolean bounded) throws IOException {
        isWhole = true;
        ByteBuffer frame = LogFrame.encode(entry, next, applied, deflater);
        int blocks = frame.limit() / Layout.BLOCK_BYTES;
        if (bounded) {
            requireBlocks(blocks);
        }
        if (channel == null) {
            begin(next.segment());
        } else if (next.block() > 0 && next.block() + blocks > segmentBlocks()) {
            begin(next.segment() + 1);
            frame = LogFrame.encode(entry, next, applied, deflater);
        }
        write(frame);
        next = new LogPosition(next.segment(), next.block() + blocks);
        writtenBytes += (long) blocks * Layout.BLOCK_BYTES;
        grown();
        return next;
    }

    private void requireBlocks(int blocks) throws LogFullException {
        if (bytes / Layout.BLOCK_BYTES + blocks > blocksMax) {
            throw new LogFullException("the log is full: it may have " + blocksMax + " blocks");
        }
    }

    private long segmentBlocks() {
        return Math.min(SEGMENT_BLOCKS, Math.max(1, blocksMax / SEGMENTS_MIN));
    }

    private void write(ByteBuffer frame) throws IOException {
        long at = (long) next.block() * Layout.BLOCK_BYTES;
        try {
            for (long to = at; frame.hasRemaining(); ) {
                to += channel.write(frame, to);
            }
            channel.force(false);
        } catch (IOException e) {
            isWhole = isTakenBack(at);
            throw e;
        }
    }

    /** What was said not to be safe must not turn up after a restart, nor take room. @return whether that is certain */
    private boolean isTakenBack(long at) {
        try {
            if (inReserve && at < LogReserve.BYTES) {
                channel.write(ByteBuffer.allocate(Layout.BLOCK_BYTES), at);
            }
            channel.truncate(inReserve ? Math.max(at, LogReserve.BYTES) : at);
            channel.force(false);
            return true;
        } catch (IOException e) {
            LOG.debug("What could not be written may be found after a restart", e);
            return false;
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
        inReserve = false;
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
            if (!reserve.moveTo(segments.file(segment))) {
                return false;
            }
            begin(segment);
            inReserve = true;
            sizes.put(segment, LogReserve.BYTES);
            bytes += LogReserve.BYTES;
            return true;
        } catch (IOException e) {
            LOG.debug("There is nothing left to write to", e);
            return false;
        }
    }

    /** Makes the files for a full disk. @return whether there is the one for what clears away */
    boolean keepReserve() {
        if (blocksMax < SEGMENTS_MIN * LogReserve.BYTES / Layout.BLOCK_BYTES) {
            return false;
        }
        boolean kept = reserve.keep();
        reserveOfStart.keep();
        return kept;
    }

    /** Returns when there is room for something new. */
    void probe() throws IOException {
        requireBlocks(PROBE_BLOCKS);
        if (inReserve && !keepReserve()) {
            throw new LogFullException("the disk is full");
        }
        reserve.probe(PROBE_BLOCKS * Layout.BLOCK_BYTES);
    }

    /** The segments behind which others are written, with their bytes. */
    TreeMap<Integer, Long> closed() {
        return new TreeMap<>(sizes.headMap(next.segment()));
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

    private void closeChannel() {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A segment of the log could not be closed; all of it is on the disk", e);
        }
    }

    @Override
    public void close() {
        deflater.end();
        closeChannel();
    }
}
