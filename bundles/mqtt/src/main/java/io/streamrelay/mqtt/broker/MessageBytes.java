// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import io.streamrelay.api.Message;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A message as it lies in custody: each text and the payload behind its length in four bytes. */
final class MessageBytes {

    private MessageBytes() {}

    static byte[] write(Message message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
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

    /** @throws IOException when it is damaged; so may be {@link IllegalArgumentException} */
    static Message read(DataInputStream in) throws IOException {
        String topic = readText(in);
        int qos = in.readUnsignedByte();
        boolean retained = in.readBoolean();
        String contentType = in.readBoolean() ? readText(in) : null;
        List<Message.Property> properties = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            properties.add(new Message.Property(readText(in), readText(in)));
        }
        return new Message(topic, readBytes(in), qos, retained, contentType, properties);
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
