// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import io.streamrelay.api.Id;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * An immutable packet: its bytes, and where its fields lie in them.
 *
 * <p>Header, big-endian: magic (4 bytes), type (1), version (2), clock (4), hops (4), index (4, signed), ttl (4);
 * then each {@link Field} as a length of two bytes and its content. A field that is not set is one zero byte.
 */
public final class Packet implements Decoded {

    /** The protocol version that this codec speaks. */
    public static final int VERSION = 6;

    /** The largest packet: header, nine ids, message, signature and their lengths (protocol-v6 §1.1). */
    public static final int MAX_BYTES = 1421;

    static final int MAGIC = 0x03050b11;
    static final int TYPE_AT = 4;
    static final int VERSION_AT = 5;
    static final int CLOCK_AT = 7;
    static final int HOPS_AT = 11;
    static final int INDEX_AT = 15;
    static final int TTL_AT = 19;
    static final int FIELDS_AT = 23;

    private final ByteBuffer bytes;
    private final PacketType type;
    private final short[] offsets;
    /** Null until it is asked for, and when there is none. */
    private Id packetId;

    /**
     * @param bytes exactly one packet
     * @param offsets where the content of each field begins
     */
    Packet(PacketType type, byte[] bytes, short[] offsets) {
        this.type = type;
        this.bytes = ByteBuffer.wrap(bytes);
        this.offsets = offsets;
    }

    /**
     * Reads a datagram, whatever it holds. The array is taken over: nobody may change it afterwards. What trails the
     * last field is cut off; a signature that ends early is taken as far as it goes, as the reference does.
     */
    public static Decoded decode(byte[] datagram) {
        return PacketDecoder.decode(datagram);
    }

    /** Begins a new packet; what is not set gets the protocol's default. */
    public static Builder builder(PacketType type) {
        return new Builder(type);
    }

    public PacketType type() {
        return type;
    }

    /** Begins a packet of another type with everything that this one has. */
    public Builder as(PacketType other) {
        Builder builder =
                new Builder(other).clock(clock()).hops(hops()).index(index()).ttl(ttl());
        for (Field field : Field.values()) {
            builder.set(field, bytes(), offset(field), length(field));
        }
        return builder;
    }

    /** The sender's logical clock, 0 to 2^32 - 1. */
    public long clock() {
        return Integer.toUnsignedLong(bytes.getInt(CLOCK_AT));
    }

    /** How many times it was passed on; what does not fit an int is {@link Integer#MAX_VALUE}. */
    public int hops() {
        int hops = bytes.getInt(HOPS_AT);
        return hops < 0 ? Integer.MAX_VALUE : hops;
    }

    /** -1 for a whole message, 0 for the head of a fragmented one, from 1 for its fragments. */
    public int index() {
        return bytes.getInt(INDEX_AT);
    }

    /** How long it may be kept, in milliseconds, 0 to 2^32 - 1. */
    public long ttl() {
        return Integer.toUnsignedLong(bytes.getInt(TTL_AT));
    }

    /** The length of a field in bytes. */
    public int length(Field field) {
        return Short.toUnsignedInt(bytes.getShort(offset(field) - Short.BYTES));
    }

    /** Where the content of a field begins in {@link #bytes()}. */
    public int offset(Field field) {
        return offsets[field.ordinal()];
    }

    /** A copy of a field's content. */
    public byte[] copy(Field field) {
        int offset = offset(field);
        return Arrays.copyOfRange(bytes(), offset, offset + length(field));
    }

    /** A field as an id; null unless it has exactly 32 bytes. */
    public Id id(Field field) {
        return hasId(field) ? Id.copyOf(bytes(), offset(field)) : null;
    }

    /** Whether a field is more than the default's zero byte, or nothing at all. */
    public boolean isSet(Field field) {
        int length = length(field);
        return length > 1 || length == 1 && bytes.get(offset(field)) != 0;
    }

    /** Whether a field can be read as an id. */
    public boolean hasId(Field field) {
        return length(field) == Id.BYTES;
    }

    /** The packet's own id; null unless it has exactly 32 bytes. */
    public Id packetId() {
        if (packetId == null) {
            packetId = id(Field.PACKET);
        }
        return packetId;
    }

    /** What it is whatever way it took: SHA-256 of all but the hops. Unlike its own id, nobody else can give it. */
    public Id contentId() {
        return Id.of(Digests.sha256(withHops(0)));
    }

    /** The packet itself, without what trailed it. Shared: nobody may change it. */
    public byte[] bytes() {
        return bytes.array();
    }

    /** How many bytes it has. */
    public int size() {
        return bytes.capacity();
    }

    /** A copy of the bytes with another number of hops: how a packet leaves. */
    public byte[] withHops(int hops) {
        byte[] copy = new byte[size()];
        copyTo(copy, hops);
        return copy;
    }

    /** Writes the same into an array that has room for it. */
    public void copyTo(byte[] array, int hops) {
        System.arraycopy(bytes(), 0, array, 0, size());
        ByteBuffer.wrap(array).putInt(HOPS_AT, hops);
    }

    /** The same packet, id included, with another body. */
    public Packet withMessage(JsonBody body) {
        return as(type).message(body).build();
    }

    /** Collects what a new packet is made of. */
    public static final class Builder {

        private static final Field[] FIELDS = Field.values();
        private static final byte[] UNSET = {0};
        private static final long U32_MAX = 0xffff_ffffL;

        /** The reference's default, 6 h. */
        private static final long DEFAULT_TTL_MS = 21_600_000;

        private final PacketType type;
        private final byte[][] sources = new byte[FIELDS.length][];
        private final Id[] ids = new Id[FIELDS.length];
        private final int[] starts = new int[FIELDS.length];
        private final int[] lengths = new int[FIELDS.length];
        private long clock = 1;
        private int hops;
        private int index = -1;
        private long ttl = DEFAULT_TTL_MS;

        private Builder(PacketType type) {
            this.type = type;
            for (Field field : FIELDS) {
                set(field, UNSET);
            }
            lengths[Field.PACKET.ordinal()] = Id.BYTES;
        }

        /** The logical clock, 0 to 2^32 - 1; 1 unless set. */
        public Builder clock(long value) {
            clock = requireU32("clock", value);
            return this;
        }

        /** From 0; 0 unless set. */
        public Builder hops(int value) {
            hops = (int) requireU32("hops", value);
            return this;
        }

        /** -1 unless set. */
        public Builder index(int value) {
            index = value;
            return this;
        }

        /** In milliseconds, 0 to 2^32 - 1; 6 h unless set. */
        public Builder ttl(long value) {
            ttl = requireU32("ttl", value);
            return this;
        }

        /**
         * Sets a field. The array is not copied before {@link #build()}.
         *
         * @throws IllegalArgumentException when the content is longer than the field may be
         */
        public Builder set(Field field, byte[] content) {
            return set(field, content, 0, content.length);
        }

        /** Sets a field to an id. */
        public Builder set(Field field, Id id) {
            set(field, UNSET, 0, Id.BYTES);
            ids[field.ordinal()] = id;
            return this;
        }

        /** Sets the body. */
        public Builder message(byte[] body) {
            return set(Field.MESSAGE, body);
        }

        /** Sets the body to what is written as JSON. */
        public Builder message(JsonBody body) {
            JsonText text = body.json();
            return message(text.array(), 0, text.length());
        }

        /** Sets the body to a part of an array. */
        Builder message(byte[] source, int start, int length) {
            return set(Field.MESSAGE, source, start, length);
        }

        /** Sets a field to a part of an array. */
        Builder set(Field field, byte[] source, int start, int length) {
            if (length > field.maxBytes()) {
                throw new IllegalArgumentException(
                        field + " holds at most " + field.maxBytes() + " bytes, not " + length);
            }
            sources[field.ordinal()] = source;
            ids[field.ordinal()] = null;
            starts[field.ordinal()] = start;
            lengths[field.ordinal()] = length;
            return this;
        }

        /** Makes the packet. Its id, unless set, is SHA-256(previous id ‖ message ‖ next id). */
        public Packet build() {
            int size = FIELDS_AT + FIELDS.length * Short.BYTES;
            for (int length : lengths) {
                size += length;
            }
            ByteBuffer out = ByteBuffer.allocate(size);
            out.putInt(MAGIC).put((byte) type.wire()).putShort((short) VERSION);
            out.putInt((int) clock).putInt(hops).putInt(index).putInt((int) ttl);
            short[] offsets = new short[FIELDS.length];
            boolean idIsSet = ids[Field.PACKET.ordinal()] != null || sources[Field.PACKET.ordinal()] != UNSET;
            for (Field field : FIELDS) {
                int i = field.ordinal();
                out.putShort((short) lengths[i]);
                offsets[i] = (short) out.position();
                if (ids[i] != null) {
                    ids[i].copyTo(out.array(), out.position());
                    out.position(out.position() + Id.BYTES);
                } else if (field != Field.PACKET || idIsSet) {
                    out.put(sources[i], starts[i], lengths[i]);
                } else {
                    out.position(out.position() + Id.BYTES);
                }
            }
            if (!idIsSet) {
                writeId(out.array(), offsets);
            }
            return new Packet(type, out.array(), offsets);
        }

        private void writeId(byte[] packet, short[] offsets) {
            MessageDigest sha256 = Digests.sha256();
            for (Field field : new Field[] {Field.PREVIOUS, Field.MESSAGE, Field.NEXT}) {
                sha256.update(packet, offsets[field.ordinal()], lengths[field.ordinal()]);
            }
            try {
                sha256.digest(packet, offsets[Field.PACKET.ordinal()], Id.BYTES);
            } catch (DigestException e) {
                throw new IllegalStateException("SHA-256 has 32 bytes", e);
            }
        }

        private static long requireU32(String name, long value) {
            if (value < 0 || value > U32_MAX) {
                throw new IllegalArgumentException(name + " lies between 0 and 4294967295, not " + value);
            }
            return value;
        }
    }
}
