// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

/**
 * The body of the packet that goes before the fragments of a message. Its size is consistent with its number of
 * fragments; whether it is too large is for the caller to say.
 *
 * @param size how many bytes the message has
 * @param indexes how many fragments follow, from 1; all but the last have {@link #FRAGMENT_BYTES}
 * @param ts when it was made, milliseconds since 1970 by the sender's clock
 * @param meta an object of the sender's, as JSON text
 */
public record Head(int size, int indexes, long ts, String meta) implements Body, JsonBody {

    /** How many bytes of the message a fragment carries. */
    public static final int FRAGMENT_BYTES = 1024;

    /**
     * The head of a message that is cut into fragments.
     *
     * @param size from 1
     */
    public static Head of(int size, long ts, String meta) {
        return new Head(size, fragments(size), ts, meta);
    }

    private static int fragments(int size) {
        return (int) ((size + (FRAGMENT_BYTES - 1L)) / FRAGMENT_BYTES);
    }

    static Head read(Packet packet) throws BadBody {
        JsonFields fields = JsonFields.readNested(packet, "meta");
        String meta = fields.nested("meta");
        long ts = JsonFields.required(fields.count("ts"));
        long size = JsonFields.required(fields.count("size"));
        long indexes = JsonFields.required(fields.count("indexes"));
        fields.end();
        if (size < 1 || size > Integer.MAX_VALUE || indexes != fragments((int) size)) {
            throw new BadBody(DropReason.BAD_HEAD);
        }
        return new Head((int) size, (int) indexes, ts, meta == null ? "{}" : meta);
    }

    /** The body as the reference writes it. */
    @Override
    public JsonText json() {
        return new JsonObject()
                .raw("meta", meta)
                .number("ts", ts)
                .number("size", (long) size)
                .number("indexes", (long) indexes)
                .end();
    }
}
