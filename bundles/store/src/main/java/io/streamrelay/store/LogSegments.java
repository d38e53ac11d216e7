// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of the log in a store's folder, by number; one after the other is filled, and goes when it holds nothing. */
record LogSegments(Path folder) {

    private static final Logger LOG = LoggerFactory.getLogger(LogSegments.class);
    private static final Pattern NAME = Pattern.compile("packets-(\\d{8})\\.log");

    Path file(int number) {
        return folder.resolve("packets-%08d.log".formatted(number));
    }

    /** The bytes of each that there is, by its number. */
    TreeMap<Integer, Long> sizes() throws IOException {
        TreeMap<Integer, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    sizes.put(Integer.parseInt(name.group(1)), Files.size(file));
                }
            }
        }
        return sizes;
    }

    /** The first of those behind which none is missing; 0 without any. */
    int firstBehindAllGaps() throws IOException {
        int first = 0;
        for (int number : sizes().descendingKeySet()) {
            if (first != 0 && number != first - 1) {
                break;
            }
            first = number;
        }
        return first;
    }

    /** Gives all of them other names, which end as the database's does that they belong to. */
    void setAside(String ending) throws IOException {
        for (int number : sizes().keySet()) {
            Files.move(file(number), freeName(file(number) + "." + ending));
        }
        StateFile.forceFolder(folder);
    }

    private static Path freeName(String name) {
        Path free = Path.of(name);
        for (int n = 2; Files.exists(free); n++) {
            free = Path.of(name + "." + n);
        }
        return free;
    }

    /** Takes the frames of a log as they come. */
    @FunctionalInterface
    interface Visitor {
        void frame(LogFrame frame);
    }

    /**
     * Reads a segment from one of its blocks.
     *
     * @return the blocks that hold no frame though a frame follows them: they are damaged
     */
    int read(int number, int fromBlock, Visitor visitor) throws IOException {
        byte[] bytes = bytes(file(number));
        int damaged = 0;
        int suspect = 0;
        int block = fromBlock;
        while ((long) block * Layout.BLOCK_BYTES < bytes.length) {
            Optional<LogFrame> frame = LogFrame.read(bytes, new LogPosition(number, block));
            if (frame.isPresent()) {
                visitor.frame(frame.get());
                block += frame.get().blocks();
                damaged += suspect;
                suspect = 0;
            } else {
                suspect++;
                block++;
            }
        }
        return damaged;
    }

    /** What is in a file; zeros where the disk does not give it back. */
    private static byte[] bytes(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be read as a whole ({}); what can be is", file, e.getMessage());
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] bytes = new byte[(int) channel.size()];
            for (int at = 0; at < bytes.length; at += Layout.BLOCK_BYTES) {
                readBlock(channel, ByteBuffer.wrap(bytes, at, Math.min(Layout.BLOCK_BYTES, bytes.length - at)), at);
            }
            return bytes;
        }
    }

    private static void readBlock(FileChannel channel, ByteBuffer block, long at) throws ClosedChannelException {
        try {
            channel.read(block, at);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            LOG.trace("A block is lost", e);
        }
    }

    /** Reads all frames from a position on, in their order; see {@link #read}. */
    int readFrom(LogPosition position, Visitor visitor) throws IOException {
        int damaged = 0;
        for (Map.Entry<Integer, Long> segment :
                sizes().tailMap(position.segment()).entrySet()) {
            int number = segment.getKey();
            damaged += read(number, number == position.segment() ? position.block() : 0, visitor);
        }
        return damaged;
    }
}
