// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import io.streamrelay.api.Message;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps each message in a file of its own, whose name tells its number and, by its ending, whether it is safe. */
final class CustodyFolder {

    private static final Logger LOG = LoggerFactory.getLogger(CustodyFolder.class);
    private static final String WAITS = ".message";
    private static final String SAFE = ".safe";
    private static final String UNFINISHED = ".unfinished";
    private static final String DAMAGED = ".damaged";
    private static final int FORMAT = 1;
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    /**
     * A message in the folder.
     *
     * @param number its place in the order of all, from 1
     * @param packetId the MQTT packet identifier it came with
     * @param safe whether it is kept for its packet identifier alone
     */
    record Entry(long number, int packetId, boolean safe, Message message) {}

    private final Path folder;

    CustodyFolder(Path folder) {
        this.folder = folder;
    }

    /** All that is there, in order. What cannot be read is set aside. */
    List<Entry> load() throws IOException {
        Files.createDirectories(folder, ownerOnly("rwx------"));
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        }
        List<Entry> entries = new ArrayList<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (name.endsWith(UNFINISHED)) {
                Files.delete(file);
            } else if (name.endsWith(WAITS) || name.endsWith(SAFE)) {
                read(file, name, entries);
            }
        }
        entries.sort(Comparator.comparingLong(Entry::number));
        return entries;
    }

    private static void read(Path file, String name, List<Entry> entries) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            long number = Long.parseLong(name.substring(0, name.indexOf('.')));
            entries.add(decode(number, name.endsWith(SAFE), bytes));
        } catch (IOException | IllegalArgumentException e) {
            LOG.error("{} is damaged and set aside: {}", file, e.toString());
            Files.move(file, file.resolveSibling(name + DAMAGED), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** When this returns, the message outlives a loss of power. */
    void write(Entry entry) throws IOException {
        Path unfinished = folder.resolve(entry.number() + UNFINISHED);
        ByteBuffer bytes = ByteBuffer.wrap(encode(entry));
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try (FileChannel file = FileChannel.open(unfinished, options, ownerOnly("rw-------"))) {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
        Files.move(unfinished, waiting(entry.number()), StandardCopyOption.ATOMIC_MOVE);
        if (POSIX) {
            try (FileChannel directory = FileChannel.open(folder)) {
                directory.force(true);
            }
        }
    }

    void markSafe(long number) throws IOException {
        Files.move(waiting(number), safe(number), StandardCopyOption.ATOMIC_MOVE);
    }

    void remove(long number) throws IOException {
        Files.deleteIfExists(waiting(number));
        Files.deleteIfExists(safe(number));
    }

    private Path waiting(long number) {
        return folder.resolve(number + WAITS);
    }

    private Path safe(long number) {
        return folder.resolve(number + SAFE);
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static byte[] encode(Entry entry) throws IOException {
        Message message = entry.message();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(FORMAT);
        out.writeShort(entry.packetId());
        writeText(out, message.topic());
        out.writeByte(message.qos());
        out.writeBoolean(message.retained());
        out.writeBoolean(message.contentType() != null);
        if (message.contentType() != null) {
            writeText(out, message.contentType());
        }
        out.writeInt(message.properties().size());
        for (Message.Property property : message.properties()) {
            writeText(out, property.name());
            writeText(out, property.value());
        }
        writeBytes(out, message.payload());
        return bytes.toByteArray();
    }

    private static Entry decode(long number, boolean safe, byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int format = in.readUnsignedByte();
        if (format != FORMAT) {
            throw new IOException("format " + format + " is unknown");
        }
        int packetId = in.readUnsignedShort();
        String topic = readText(in);
        int qos = in.readUnsignedByte();
        boolean retained = in.readBoolean();
        String contentType = in.readBoolean() ? readText(in) : null;
        List<Message.Property> properties = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            properties.add(new Message.Property(readText(in), readText(in)));
        }
        byte[] payload = readBytes(in);
        return new Entry(number, packetId, safe, new Message(topic, payload, qos, retained, contentType, properties));
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a length of " + length + " bytes is wrong");
        }
        return in.readNBytes(length);
    }
}
