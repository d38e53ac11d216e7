// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of zeros that takes room on the disk until that is needed to make room.
 *
 * @param name the file's
 */
record LogReserve(Path folder, String name) {

    /** Room for 64 commits that only remove something. */
    static final long BYTES = 64L * Layout.BLOCK_BYTES;

    private static final Logger LOG = LoggerFactory.getLogger(LogReserve.class);

    /** For what only clears away, while the disk is full. */
    static LogReserve ofLog(Path folder) {
        return new LogReserve(folder, "packets.reserve");
    }

    /** For a database that is to be told, when the store is opened on a full disk, what the log has. */
    static LogReserve ofStart(Path folder) {
        return new LogReserve(folder, "start.reserve");
    }

    private Path file() {
        return folder.resolve(name);
    }

    private Path begun() {
        return folder.resolve(name + ".tmp");
    }

    /** Makes it, unless it is there, as far as there is room for it. @return whether it is there */
    boolean keep() {
        if (file().toFile().length() == BYTES) {
            return true;
        }
        try {
            write(BYTES);
            Files.move(begun(), file(), StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException e) {
            LOG.debug("Nothing is kept for the end of a full disk", e);
            remove();
            return false;
        }
    }

    private void write(long bytes) throws IOException {
        Files.deleteIfExists(begun());
        try (FileChannel channel = FileChannel.open(
                begun(),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                Permissions.ownerOnlyFile(begun()))) {
            ByteBuffer zeros = ByteBuffer.allocate((int) bytes);
            while (zeros.hasRemaining()) {
                channel.write(zeros);
            }
            channel.force(true);
        }
    }

    /** Writes so much and removes it again. */
    void probe(long bytes) throws IOException {
        try {
            write(bytes);
        } finally {
            remove();
        }
    }

    private void remove() {
        try {
            Files.deleteIfExists(begun());
        } catch (IOException e) {
            LOG.debug("{} stays where it is", begun(), e);
        }
    }

    /** Gives its room to others. @return false when there is none */
    boolean release() {
        try {
            return Files.deleteIfExists(file());
        } catch (IOException e) {
            LOG.debug("{} stays where it is", file(), e);
            return false;
        }
    }

    /** Gives it a name and a use. @return false when there is none */
    boolean moveTo(Path segment) throws IOException {
        if (file().toFile().length() != BYTES) {
            return false;
        }
        Files.move(file(), segment, StandardCopyOption.REPLACE_EXISTING);
        return true;
    }
}
