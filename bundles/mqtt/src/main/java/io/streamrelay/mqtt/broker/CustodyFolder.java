// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import io.streamrelay.api.Message;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps each message in a file of its own, whose name tells its number and, by its ending, whether it is safe. */
final class CustodyFolder {

    private static final Logger LOG = LoggerFactory.getLogger(CustodyFolder.class);
    private static final String WAITS = ".message";
    private static final String SAFE = ".safe";
    private static final int FORMAT = 1;

    /**
     * A message in the folder.
     *
     * @param number its place in the order of all, from 1
     * @param packetId the MQTT packet identifier it came with
     * @param safe whether it is kept for its packet identifier alone
     */
    record Entry(long number, int packetId, boolean safe, Message message) {}

    private final OwnerFiles files;

    CustodyFolder(Path folder) {
        this.files = new OwnerFiles(folder);
    }

    /** All that is there, in order. What cannot be read is set aside. */
    List<Entry> load() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (String name : files.open()) {
            byte[] bytes = files.read(name);
            try {
                long number = Long.parseLong(name.substring(0, name.indexOf('.')));
                entries.add(decode(number, name.endsWith(SAFE), bytes));
            } catch (IOException | RuntimeException e) {
                LOG.error("A message of QoS 2 is damaged, its file {} is set aside: {}", name, e.toString());
                files.setAside(name);
            }
        }
        entries.sort(Comparator.comparingLong(Entry::number));
        return entries;
    }

    /** When this returns, the message outlives a loss of power. */
    void write(Entry entry) throws IOException {
        files.write(entry.number() + WAITS, encode(entry));
    }

    void markSafe(long number) throws IOException {
        files.rename(number + WAITS, number + SAFE);
    }

    void remove(long number) throws IOException {
        files.delete(number + WAITS);
        files.delete(number + SAFE);
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
