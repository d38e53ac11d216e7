// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import java.nio.ByteBuffer;

/**
 * A publication between two of our own nodes, without what the other knows: header compression, as RFC 3095 calls it. Of a
 * message of 200 bytes, which has some 670 as a packet, it leaves 500. It is no packet of the protocol; who does not know
 * it drops it for its first bytes. {@link #expand} makes of it the packet that it was, to the bit.
 *
 * <p>{@code 'S' 'C'}; 3 bytes, big-endian, of which the lowest 20 bits say how each field is told, {@link #FIELDS the
 * first} in the lowest two, the bit above whether an index is, and the others nothing yet; hops (1 byte); the index (2 bytes), if
 * it is told; the first 12 bytes of usr3; the fields; then the body. A field is left out when it is not set, or told in full; by the 3 bytes of its
 * {@link #name}; or as a length of 1 byte and its content. That last way says of the packet's id that it is the digest of the
 * body. Of usr3 the second half is told thus, which stays as it is all the way. Clock and ttl are the usual: 1, and what
 * usr3 says.
 */
public final class ShortForm {

    /** The values that a node knows, by {@link #name}. */
    @FunctionalInterface
    public interface Names {
        /** A value of so many bytes, or null when there is none. */
        byte[] value(int name, int bytes);
    }

    /** Which values the receiver is known to know. */
    @FunctionalInterface
    public interface Known {
        boolean isKnown(byte[] bytes, int from, int length);
    }

    /** Is shown the values of a packet that may be named in later ones. */
    @FunctionalInterface
    public interface Learner {
        void learn(byte[] bytes, int from, int length);
    }

    static final byte MAGIC_0 = 'S';
    static final byte MAGIC_1 = 'C';

    /** All fields but the body, as they are told. */
    static final Field[] FIELDS = {
        Field.CLUSTER,
        Field.SUBCLUSTER,
        Field.PREVIOUS,
        Field.PACKET,
        Field.NEXT,
        Field.USR1,
        Field.USR2,
        Field.USR3,
        Field.USR4,
        Field.SIG
    };

    static final int UNSET = 0;
    static final int FULL = 1;
    static final int NAMED = 2;
    static final int OTHER = 3;
    static final int CODE_BITS = 2;
    static final int CODE_MASK = 3;
    static final int HAS_INDEX = 1 << CODE_BITS * FIELDS.length;
    static final int CODES_MAX = 2 * HAS_INDEX - 1;
    static final int CODES_AT = 2;
    static final int HOPS_AT = 5;
    static final int HEAD_BYTES = 6;
    static final int NAME_BYTES = 3;
    static final long CLOCK = 1;

    /** What changes of usr3 on its way, and what does not. */
    static final int USR3_BYTES = 24;

    static final int USR3_HALF = USR3_BYTES / 2;

    private static final int BYTE_MASK = 0xff;
    private static final int INDEX_MAX = 0xffff;
    private static final int HOPS_MAX = 0xff;

    private final Packet packet;
    private final int codes;
    private final int size;
    private final boolean teaches;

    private ShortForm(Packet packet, int codes, int size, boolean teaches) {
        this.packet = packet;
        this.codes = codes;
        this.size = size;
        this.teaches = teaches;
    }

    /** Whether a datagram claims to be one. */
    public static boolean isShort(byte[] datagram) {
        return datagram.length >= HEAD_BYTES && datagram[0] == MAGIC_0 && datagram[1] == MAGIC_1;
    }

    /** The packet that a datagram stands for; {@link DropReason#UNKNOWN_NAME} when it names what is not known here. */
    public static Decoded expand(byte[] datagram, Names names) {
        return ShortFormReader.read(datagram, names);
    }

    /**
     * How a packet is told to who knows these values, or null when it has no short form. Its id must have been verified.
     */
    public static ShortForm of(Packet packet, Known known) {
        if (!hasOne(packet)) {
            return null;
        }
        int codes = packet.index() < 0 ? 0 : HAS_INDEX;
        int size = HEAD_BYTES + USR3_HALF + (packet.index() < 0 ? 0 : Short.BYTES) + packet.length(Field.MESSAGE);
        boolean teaches = false;
        for (int i = 0; i < FIELDS.length; i++) {
            int code = code(packet, FIELDS[i], known);
            codes |= code << CODE_BITS * i;
            size += bytes(packet, FIELDS[i], code);
            teaches |= code == FULL && isNameable(FIELDS[i]);
        }
        return new ShortForm(packet, codes, size, teaches);
    }

    private static boolean hasOne(Packet packet) {
        return packet.type() == PacketType.PUBLISH
                && packet.clock() == CLOCK
                && packet.index() >= -1
                && packet.index() <= INDEX_MAX
                && packet.hasId(Field.PACKET)
                && packet.length(Field.USR3) == USR3_BYTES
                && packet.ttl() == ttl(packet.bytes(), packet.offset(Field.USR3) + USR3_HALF);
    }

    /** What the second half of usr3 says, in milliseconds. */
    static long ttl(byte[] bytes, int from) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt(from));
    }

    private static int code(Packet packet, Field field, Known known) {
        if (!packet.isSet(field) && packet.length(field) == 1) {
            return UNSET;
        }
        if (field == Field.PACKET && packet.index() < 0) {
            return OTHER;
        }
        if (length(packet, field) != usualBytes(field)) {
            return OTHER;
        }
        boolean named = isNameable(field) && known.isKnown(packet.bytes(), from(packet, field), usualBytes(field));
        return named ? NAMED : FULL;
    }

    private static int bytes(Packet packet, Field field, int code) {
        return switch (code) {
            case UNSET -> 0;
            case FULL -> usualBytes(field);
            case NAMED -> NAME_BYTES;
            default -> field == Field.PACKET ? 0 : 1 + packet.length(field);
        };
    }

    /** What {@link #FULL} has, in bytes. */
    static int usualBytes(Field field) {
        return field == Field.USR3 ? USR3_HALF : field.maxBytes();
    }

    private static int from(Packet packet, Field field) {
        return packet.offset(field) + (field == Field.USR3 ? USR3_HALF : 0);
    }

    private static int length(Packet packet, Field field) {
        return field == Field.USR3 ? packet.length(field) - USR3_HALF : packet.length(field);
    }

    /** What many packets have in common. */
    static boolean isNameable(Field field) {
        return switch (field) {
            case CLUSTER, SUBCLUSTER, PREVIOUS, USR1, USR2, USR3, USR4 -> true;
            case PACKET, NEXT, MESSAGE, SIG -> false;
        };
    }

    /** What a value is called: its last 3 bytes. Most are digests or random numbers. */
    public static int name(byte[] bytes, int from, int length) {
        int end = from + length;
        return (bytes[end - 3] & BYTE_MASK) << 16 | (bytes[end - 2] & BYTE_MASK) << 8 | bytes[end - 1] & BYTE_MASK;
    }

    /** Shows what a packet holds that others may have, too: of a head its id, which its fragments name. */
    public static void visit(Packet packet, Learner learner) {
        if (!hasOne(packet)) {
            return;
        }
        for (Field field : FIELDS) {
            boolean shared = isNameable(field) || field == Field.PACKET && packet.index() == 0;
            if (shared && length(packet, field) == usualBytes(field)) {
                learner.learn(packet.bytes(), from(packet, field), usualBytes(field));
            }
        }
    }

    /** Whether it tells in full what it could have named. */
    public boolean teaches() {
        return teaches;
    }

    /** Of the datagram, in bytes. */
    public int size() {
        return size;
    }

    /**
     * The datagram.
     *
     * @param outgoing the packet as it would leave: with another number of hops, up to 255, and another first half of usr3
     */
    public byte[] encode(byte[] outgoing) {
        int hops = ByteBuffer.wrap(outgoing).getInt(Packet.HOPS_AT);
        if (hops < 0 || hops > HOPS_MAX) {
            throw new IllegalArgumentException("a short form tells up to " + HOPS_MAX + " hops, not " + hops);
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.put(MAGIC_0).put(MAGIC_1);
        put24(out, codes);
        out.put((byte) hops);
        if ((codes & HAS_INDEX) != 0) {
            out.putShort((short) packet.index());
        }
        out.put(outgoing, packet.offset(Field.USR3), USR3_HALF);
        for (int i = 0; i < FIELDS.length; i++) {
            put(out, outgoing, FIELDS[i], codes >> CODE_BITS * i & CODE_MASK);
        }
        return out.put(outgoing, packet.offset(Field.MESSAGE), packet.length(Field.MESSAGE))
                .array();
    }

    private void put(ByteBuffer out, byte[] outgoing, Field field, int code) {
        int from = from(packet, field);
        if (code == FULL) {
            out.put(outgoing, from, usualBytes(field));
        } else if (code == NAMED) {
            put24(out, name(outgoing, from, usualBytes(field)));
        } else if (code == OTHER && field != Field.PACKET) {
            out.put((byte) packet.length(field)).put(outgoing, from, packet.length(field));
        }
    }

    private static void put24(ByteBuffer out, int value) {
        out.put((byte) (value >>> 16)).putShort((short) value);
    }
}
