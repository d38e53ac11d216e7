// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * An entry in a segment of the log: a header with a checksum, then the entry, compressed, for packets repeat what others
 * in the same frame say. It begins with a block and ends with one, so that no later write touches what is safe already,
 * and what comes behind a damaged one is found.
 *
 * <p>The header, big-endian: magic, CRC-32C of all that follows, the segment's number, the frame's block, bytes of the
 * body, bytes of the entry (the same when it is not compressed), and the position up to which the database had everything;
 * 4 bytes each, the last twice 4.
 *
 * @param at where it begins
 * @param blocks how many it fills
 * @param applied up to where the database had everything when it was written
 */
record LogFrame(LogPosition at, int blocks, LogPosition applied, LogEntry entry) {

    /** "SRLf" in ASCII. */
    private static final int MAGIC = 0x53524c66;

    private static final int CRC_AT = 4;
    private static final int COVERED_AT = 8;
    private static final int HEADER_BYTES = 32;

    /** Where the next one begins. */
    LogPosition end() {
        return new LogPosition(at.segment(), at.block() + blocks);
    }

    /** An entry as it is written at a position, whole blocks of it. */
    static ByteBuffer encode(LogEntry entry, LogPosition at, LogPosition applied, Deflater deflater) {
        byte[] raw = LogEntryCodec.encode(entry);
        ByteBuffer frame = ByteBuffer.allocate(wholeBlocks(HEADER_BYTES + raw.length));
        int length = deflate(raw, frame.array(), deflater);
        if (length == raw.length) {
            System.arraycopy(raw, 0, frame.array(), HEADER_BYTES, raw.length);
        }
        frame.putInt(MAGIC).putInt(0).putInt(at.segment()).putInt(at.block());
        frame.putInt(length).putInt(raw.length);
        frame.putInt(applied.segment()).putInt(applied.block());
        frame.putInt(CRC_AT, crc(frame.array(), 0, length));
        return frame.position(0).limit(wholeBlocks(HEADER_BYTES + length));
    }

    /** How long it became; as long as it was when that does not make it shorter. */
    private static int deflate(byte[] raw, byte[] frame, Deflater deflater) {
        deflater.reset();
        deflater.setInput(raw);
        deflater.finish();
        int length = deflater.deflate(frame, HEADER_BYTES, raw.length);
        return deflater.finished() ? length : raw.length;
    }

    private static int wholeBlocks(int bytes) {
        return (bytes + Layout.BLOCK_BYTES - 1) / Layout.BLOCK_BYTES * Layout.BLOCK_BYTES;
    }

    private static int crc(byte[] segment, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(segment, from + COVERED_AT, HEADER_BYTES - COVERED_AT + length);
        return (int) crc.getValue();
    }

    /** The frame that begins at a block of a segment; empty when there is none, or what is there is not whole. */
    static Optional<LogFrame> read(byte[] segment, LogPosition at) {
        int from = at.block() * Layout.BLOCK_BYTES;
        if (segment.length - from < HEADER_BYTES) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.wrap(segment, from, HEADER_BYTES);
        int magic = header.getInt();
        int crc = header.getInt();
        LogPosition place = new LogPosition(header.getInt(), header.getInt());
        int length = header.getInt();
        int rawLength = header.getInt();
        LogPosition applied = new LogPosition(header.getInt(), header.getInt());
        boolean fits = length >= 0 && length <= segment.length - from - HEADER_BYTES && rawLength >= length;
        if (magic != MAGIC || !fits || !place.equals(at) || crc != crc(segment, from, length)) {
            return Optional.empty();
        }
        try {
            byte[] raw = inflate(segment, from + HEADER_BYTES, length, rawLength);
            int blocks = wholeBlocks(HEADER_BYTES + length) / Layout.BLOCK_BYTES;
            return Optional.of(new LogFrame(at, blocks, applied, LogEntryCodec.decode(raw)));
        } catch (IOException | DataFormatException e) {
            return Optional.empty();
        }
    }

    private static byte[] inflate(byte[] segment, int from, int length, int rawLength)
            throws DataFormatException, IOException {
        byte[] raw = new byte[rawLength];
        if (length == rawLength) {
            System.arraycopy(segment, from, raw, 0, length);
            return raw;
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(segment, from, length);
            if (inflater.inflate(raw) != rawLength) {
                throw new IOException("an entry is shorter than its header says");
            }
            return raw;
        } finally {
            inflater.end();
        }
    }
}
