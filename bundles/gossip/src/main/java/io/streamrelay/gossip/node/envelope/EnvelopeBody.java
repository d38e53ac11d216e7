// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.envelope;

import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The body of an envelope as one CBOR array. Elements behind those that are known are skipped: a later version's. */
final class EnvelopeBody {

    private static final int FIELDS = 7;

    private EnvelopeBody() {}

    static byte[] encode(Envelope envelope) {
        return Cbor.encode(cbor -> {
            cbor.writeStartArray(null, FIELDS);
            cbor.writeNumber(envelope.epoch());
            cbor.writeNumber(envelope.sequence());
            cbor.writeNumber(envelope.wallMs());
            cbor.writeNumber(envelope.uncertaintyMs());
            cbor.writeNumber(envelope.ageMs());
            cbor.writeNumber(envelope.lifetimeMs());
            writeMessages(cbor, envelope.messages());
            cbor.writeEndArray();
        });
    }

    private static void writeMessages(CBORGenerator cbor, List<Message> messages) throws IOException {
        cbor.writeStartArray(null, messages.size());
        for (Message message : messages) {
            MessageCbor.write(cbor, message);
        }
        cbor.writeEndArray();
    }

    static Envelope decode(Id sender, byte[] body) throws IOException {
        try (CborReader cbor = new CborReader(body)) {
            cbor.openArray();
            Envelope envelope = new Envelope(
                    sender,
                    cbor.integer(1, Long.MAX_VALUE),
                    cbor.integer(1, Long.MAX_VALUE),
                    cbor.integer(0, Long.MAX_VALUE),
                    cbor.integer(Envelope.UNKNOWN, Long.MAX_VALUE),
                    cbor.integer(0, Long.MAX_VALUE),
                    cbor.integer(0, Long.MAX_VALUE),
                    readMessages(cbor));
            cbor.closeArray();
            cbor.end();
            return envelope;
        }
    }

    private static List<Message> readMessages(CborReader cbor) throws IOException {
        List<Message> messages = new ArrayList<>();
        cbor.openArray();
        while (cbor.more() && messages.size() <= Envelope.MESSAGES_MAX) {
            messages.add(MessageCbor.read(cbor));
        }
        cbor.closeArray();
        return messages;
    }
}
