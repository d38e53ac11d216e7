// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.envelope;

import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.streamrelay.api.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One message as a CBOR array: {@code [flags, topic, payload]}, and where there is either, content type (or null) and
 * user properties as one flat list of names and values.
 */
public final class MessageCbor {

    private static final int QOS_BITS = 3;
    private static final int RETAINED_BIT = 4;
    private static final int SHORT_FIELDS = 3;
    private static final int LONG_FIELDS = 5;

    private MessageCbor() {}

    public static void write(CBORGenerator cbor, Message message) throws IOException {
        boolean more = message.contentType() != null || !message.properties().isEmpty();
        cbor.writeStartArray(null, more ? LONG_FIELDS : SHORT_FIELDS);
        cbor.writeNumber(message.qos() | (message.retained() ? RETAINED_BIT : 0));
        cbor.writeString(message.topic());
        cbor.writeBinary(message.payload());
        if (more) {
            cbor.writeString(message.contentType());
            cbor.writeStartArray(null, 2 * message.properties().size());
            for (Message.Property property : message.properties()) {
                cbor.writeString(property.name());
                cbor.writeString(property.value());
            }
            cbor.writeEndArray();
        }
        cbor.writeEndArray();
    }

    /** @throws IOException when it is not a message, or breaks a limit of {@link Message} or {@link Envelope} */
    public static Message read(CborReader cbor) throws IOException {
        cbor.openArray();
        int flags = (int) cbor.integer(0, QOS_BITS | RETAINED_BIT);
        String topic = cbor.text(Message.TOPIC_CHARS_MAX);
        byte[] payload = cbor.bytes();
        String contentType = null;
        List<Message.Property> properties = List.of();
        if (cbor.more()) {
            contentType = cbor.textOrNull(Envelope.TEXT_CHARS_MAX);
            properties = readProperties(cbor);
        }
        cbor.closeArray();
        int qos = flags & QOS_BITS;
        if (qos > 2 || topic.isEmpty()) {
            throw new MalformedCborException("a message without topic, or of QoS 3");
        }
        return new Message(topic, payload, qos, (flags & RETAINED_BIT) != 0, contentType, properties);
    }

    private static List<Message.Property> readProperties(CborReader cbor) throws IOException {
        List<Message.Property> properties = new ArrayList<>();
        cbor.openArray();
        while (cbor.more()) {
            if (properties.size() == Envelope.PROPERTIES_MAX) {
                throw new MalformedCborException("more than " + Envelope.PROPERTIES_MAX + " properties");
            }
            properties.add(
                    new Message.Property(cbor.text(Envelope.TEXT_CHARS_MAX), cbor.text(Envelope.TEXT_CHARS_MAX)));
        }
        cbor.closeArray();
        return properties;
    }
}
