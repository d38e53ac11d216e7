// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.streamrelay.api.Id;
import io.streamrelay.api.Origin;
import io.streamrelay.gossip.node.envelope.Cbor;
import io.streamrelay.gossip.node.envelope.CborReader;
import io.streamrelay.gossip.node.envelope.MessageCbor;
import java.io.IOException;

/** How a message lies in the store while it waits for a consumer: one CBOR array, read by this node alone. */
final class DeliveryCodec {

    private static final int VERSION = 3;
    /** It had no lifetime. */
    private static final int VERSION_BEFORE = 2;

    private static final int FIELDS = 11;
    private static final int ORIGIN_FIELDS = 4;

    private DeliveryCodec() {}

    /**
     * A message that was kept.
     *
     * @param arrival the message; a raw one has its event's name as its topic when {@code chosen}
     * @param chosen whether the consumer's interest was known then; if not, it is asked before the message is handed over
     */
    record Kept(Arrival arrival, boolean chosen) {}

    static byte[] encode(Kept kept) {
        Arrival arrival = kept.arrival();
        return Cbor.encode(cbor -> {
            cbor.writeStartArray(null, FIELDS);
            cbor.writeNumber(VERSION);
            writeId(cbor, arrival.event());
            MessageCbor.write(cbor, arrival.message());
            writeOrigin(cbor, arrival.origin());
            writeId(cbor, arrival.packetId());
            cbor.writeNumber(arrival.local() ? 1 : 0);
            cbor.writeNumber(arrival.ageMs());
            cbor.writeNumber(arrival.hops());
            cbor.writeNumber(kept.chosen() ? 1 : 0);
            cbor.writeNumber(arrival.sentMs());
            cbor.writeNumber(arrival.lifetimeMs());
            cbor.writeEndArray();
        });
    }

    static Kept decode(byte[] bytes) throws IOException {
        try (CborReader cbor = new CborReader(bytes)) {
            cbor.openArray();
            long version = cbor.integer(VERSION_BEFORE, VERSION);
            Arrival arrival = new Arrival(
                    readId(cbor),
                    MessageCbor.read(cbor),
                    readOrigin(cbor),
                    readId(cbor),
                    null,
                    cbor.integer(0, 1) == 1,
                    cbor.integer(0, Long.MAX_VALUE),
                    (int) cbor.integer(0, Integer.MAX_VALUE));
            boolean chosen = cbor.integer(0, 1) == 1;
            long sentMs = cbor.integer(0, Long.MAX_VALUE);
            long lifetimeMs = version == VERSION ? cbor.integer(0, Long.MAX_VALUE) : Long.MAX_VALUE;
            cbor.closeArray();
            cbor.end();
            return new Kept(arrival.sent(sentMs).living(lifetimeMs), chosen);
        } catch (IllegalArgumentException e) {
            throw new IOException("not a delivery", e);
        }
    }

    private static void writeOrigin(CBORGenerator cbor, Origin origin) throws IOException {
        cbor.writeStartArray(null, origin == null ? 0 : ORIGIN_FIELDS);
        if (origin != null) {
            writeId(cbor, origin.sender());
            cbor.writeNumber(origin.epoch());
            cbor.writeNumber(origin.sequence());
            cbor.writeNumber(origin.position());
        }
        cbor.writeEndArray();
    }

    private static Origin readOrigin(CborReader cbor) throws IOException {
        cbor.openArray();
        Origin origin = cbor.more()
                ? new Origin(readId(cbor), cbor.integer(1, Long.MAX_VALUE), cbor.integer(1, Long.MAX_VALUE), (int)
                        cbor.integer(0, Integer.MAX_VALUE))
                : null;
        cbor.closeArray();
        return origin;
    }

    private static void writeId(CBORGenerator cbor, Id id) throws IOException {
        if (id == null) {
            cbor.writeNull();
        } else {
            cbor.writeBinary(id.bytes());
        }
    }

    private static Id readId(CborReader cbor) throws IOException {
        byte[] bytes = cbor.bytesOrNull();
        return bytes == null ? null : Id.of(bytes);
    }
}
