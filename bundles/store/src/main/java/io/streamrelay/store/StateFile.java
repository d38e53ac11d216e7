// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * A small text file that is replaced as a whole: after a crash it holds the old lines or the new ones. Its last line
 * is {@code crc32c} and eight hex digits over the lines before it. One thread at a time.
 */
final class StateFile {

    private static final String CHECKSUM = "crc32c ";

    private final Path file;

    StateFile(Path file) {
        this.file = file;
    }

    /**
     * The lines as they were last written; empty when there is no file.
     *
     * @throws DamagedFileException when it is not what {@link #write} has written
     * @throws IOException when it cannot be read
     */
    Optional<List<String>> read() throws IOException {
        String text;
        try {
            text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        int end = text.lastIndexOf(CHECKSUM);
        if (end < 0 || !text.substring(end).equals(checksumLine(text.substring(0, end)))) {
            throw new DamagedFileException("the checksum of " + file + " is wrong or missing");
        }
        return Optional.of(text.substring(0, end).lines().toList());
    }

    /**
     * Replaces the file; it is on disk when this returns.
     *
     * @param lines ASCII text without line ends
     */
    void write(List<String> lines) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        writeForced(temporary, text(lines));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(file.getParent());
    }

    /**
     * Writes over the file, as long as that needs no room. A power cut in between may leave a damaged one.
     *
     * @return false when it needs room, or would be shorter than it was
     */
    boolean overwrite(List<String> lines) throws IOException {
        byte[] text = text(lines).getBytes(StandardCharsets.ISO_8859_1);
        long length = file.toFile().length();
        if (length == 0 || text.length < length || text.length > Layout.BLOCK_BYTES) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text));
            channel.force(true);
        }
        return true;
    }

    private static String text(List<String> lines) {
        StringBuilder body = new StringBuilder();
        lines.forEach(line -> body.append(line).append('\n'));
        return body + checksumLine(body.toString());
    }

    /**
     * Copies a damaged file to the first free name {@code <name>.damaged-<n>}, n from 1. It is a copy, so that the
     * damage is noticed again if the process ends before a new file has been written.
     *
     * @return n
     */
    int copyAside() throws IOException {
        int n = 1;
        while (Files.exists(damaged(n))) {
            n++;
        }
        Files.copy(file, damaged(n), StandardCopyOption.COPY_ATTRIBUTES);
        return n;
    }

    Path damaged(int n) {
        return file.resolveSibling(file.getFileName() + ".damaged-" + n);
    }

    Path path() {
        return file;
    }

    private static String checksumLine(String body) {
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.ISO_8859_1));
        return "%s%08x\n".formatted(CHECKSUM, crc.getValue());
    }

    private static void writeForced(Path path, String text) throws IOException {
        // A leftover of a crash might have other permissions.
        Files.deleteIfExists(path);
        try (FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                Permissions.ownerOnlyFile(path))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Makes new names durable; only POSIX systems can open a folder for that, and only they need it. */
    static void forceFolder(Path folder) throws IOException {
        if (Permissions.ownerOnlyFile(folder).length == 0) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
