// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import java.nio.ByteBuffer;

/**
 * A publication between two of our own nodes, without what the other knows: header compression, as RFC 3095 calls it. Of a
 * message of 200 bytes, which has some 670 as a packet, it leaves 500. It is no packet of the protocol; who does not know
 * it drops it for its first bytes. {@link #read} makes of it the packet that it was, to the bit.
 *
 * <p>{@code 'S' 'C'}; 3 bytes, big-endian, of which the lowest 20 bits say how each field is told, {@link #FIELDS the
 * first} in the lowest two, the bit above whether an index is, and the others nothing yet; hops (1 byte); the index (2 bytes), if
 * it is told; the first 12 bytes of usr3; the fields; then the body. A field is left out when it is not set; or it is told in full,
 * after the 3 bytes of the name that its sender gives it, where later packets may have it, too; or by that name alone; or as a
 * length of 1 byte and its content. That last way says of the packet's id that it is the digest of the body or, where an index
 * above 0 is told, what the fragment before it has told as its next. Of usr3 the second half is told thus, which stays as it
 * is all the way. Clock and ttl are the usual: 1, and what usr3 says. The names that
 * values are told with are mixed into the three bytes of usr3 that are the packet's checksum, which covers them thus.
 */
public final class ShortForm {

    /** The values that a node was told, by the names that their sender gave them. */
    public interface Names {
        /** A value of so many bytes, or null when there is none. */
        byte[] value(int name, int bytes);

        /**
         * The id that a packet of a large message has told as its next.
         *
         * @param head the id of that message's head, 32 bytes
         * @param index of the packet, 0 of the head
         * @return 32 bytes, or null when it is not known
         */
        byte[] next(byte[] head, int index);
    }

    /** Gives values their names. */
    public interface Namer {
        /** Whether the receiver is taken to know a value by its name; else it is told it with the name now. */
        boolean isKnown(byte[] bytes, int from, int length);

        /** Of a value that {@link #isKnown} was asked of: 0 to 2^24 - 1. */
        int name(byte[] bytes, int from, int length);

        /** Whether the receiver is taken to know the id of a fragment from the packet before it; else it is told it. */
        boolean isKnownAsNext(Packet fragment);
    }

    /** Is shown the values of a packet that may be named in later ones. */
    @FunctionalInterface
    public interface Visitor {
        void value(byte[] bytes, int from, int length);
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

    /** For who knows no names, and wants to see that it is a packet, or of what kind: all values are zeros. */
    public static final Names ZEROS = new Names() {
        @Override
        public byte[] value(int name, int bytes) {
            return new byte[bytes];
        }

        @Override
        public byte[] next(byte[] head, int index) {
            return new byte[Field.PACKET.maxBytes()];
        }
    };

    /** What changes of usr3 on its way, and what does not. */
    static final int USR3_BYTES = 24;

    static final int USR3_HALF = USR3_BYTES / 2;

    /** What a raw message says of its order in usr4. */
    private static final int USR4_BYTES = 16;

    /** Where usr3 has the checksum of the packet, as our nodes write it. */
    private static final int CHECKSUM_AT = 5;

    private static final int MIX = 31;

    private static final int INDEX_MAX = 0xffff;

    private final Packet packet;
    private final Namer namer;
    private final int codes;
    private final int size;

    private ShortForm(Packet packet, Namer namer, int codes, int size) {
        this.packet = packet;
        this.namer = namer;
        this.codes = codes;
        this.size = size;
    }

    /** Whether a datagram claims to be one. */
    public static boolean isShort(byte[] datagram) {
        return datagram.length >= HEAD_BYTES && datagram[0] == MAGIC_0 && datagram[1] == MAGIC_1;
    }

    /** Reads a datagram, whatever it holds. */
    public static ShortFormReader read(byte[] datagram, Names names) {
        return ShortFormReader.read(datagram, names);
    }

    /** How a packet is told, or null when it has no short form. Its id must have been verified. */
    public static ShortForm of(Packet packet, Namer namer) {
        if (!hasOne(packet)) {
            return null;
        }
        int codes = packet.index() < 0 ? 0 : HAS_INDEX;
        int size = HEAD_BYTES + USR3_HALF + (packet.index() < 0 ? 0 : Short.BYTES) + packet.length(Field.MESSAGE);
        for (int i = 0; i < FIELDS.length; i++) {
            int code = code(packet, FIELDS[i], namer);
            codes |= code << CODE_BITS * i;
            size += bytes(packet, FIELDS[i], code);
        }
        return new ShortForm(packet, namer, codes, size);
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
        return (bytes[from] & 0xffL) << 24
                | (bytes[from + 1] & 0xff) << 16
                | (bytes[from + 2] & 0xff) << 8
                | bytes[from + 3] & 0xff;
    }

    private static int code(Packet packet, Field field, Namer namer) {
        if (!packet.isSet(field) && packet.length(field) == 1) {
            return UNSET;
        }
        if (field == Field.PACKET && isIdKnown(packet, namer)) {
            return OTHER;
        }
        if (length(packet, field) != usualBytes(field)) {
            return OTHER;
        }
        boolean known = isNameable(field, packet.index())
                && namer.isKnown(packet.bytes(), from(packet, field), usualBytes(field));
        return known ? NAMED : FULL;
    }

    private static boolean isIdKnown(Packet packet, Namer namer) {
        return packet.index() < 0 || packet.index() > 0 && packet.hasId(Field.PREVIOUS) && namer.isKnownAsNext(packet);
    }

    private static int bytes(Packet packet, Field field, int code) {
        return switch (code) {
            case UNSET -> 0;
            case FULL -> (isNameable(field, packet.index()) ? NAME_BYTES : 0) + usualBytes(field);
            case NAMED -> NAME_BYTES;
            default -> field == Field.PACKET ? 0 : 1 + packet.length(field);
        };
    }

    /** What {@link #FULL} has, in bytes. */
    static int usualBytes(Field field) {
        return switch (field) {
            case USR3 -> USR3_HALF;
            case USR4 -> USR4_BYTES;
            default -> field.maxBytes();
        };
    }

    private static int from(Packet packet, Field field) {
        return packet.offset(field) + (field == Field.USR3 ? USR3_HALF : 0);
    }

    private static int length(Packet packet, Field field) {
        return field == Field.USR3 ? packet.length(field) - USR3_HALF : packet.length(field);
    }

    /** What later packets may have, too: of a head its id, which its fragments name; of all these the signature, and their order. */
    static boolean isNameable(Field field, int index) {
        return switch (field) {
            case CLUSTER, SUBCLUSTER, PREVIOUS, USR1, USR2, USR3 -> true;
            case PACKET -> index == 0;
            case USR4, SIG -> index >= 0;
            case NEXT, MESSAGE -> false;
        };
    }

    /** Shows all that a packet holds that may have a name. */
    public static void visit(Packet packet, Visitor visitor) {
        if (!hasOne(packet)) {
            return;
        }
        for (Field field : FIELDS) {
            if (isNameable(field, packet.index()) && length(packet, field) == usualBytes(field)) {
                visitor.value(packet.bytes(), from(packet, field), usualBytes(field));
            }
        }
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
        ByteBuffer out = ByteBuffer.allocate(size);
        out.put(MAGIC_0).put(MAGIC_1);
        put24(out, codes);
        out.put(hops(outgoing));
        if ((codes & HAS_INDEX) != 0) {
            out.putShort((short) packet.index());
        }
        out.put(outgoing, packet.offset(Field.USR3), USR3_HALF);
        int names = 0;
        for (int i = 0; i < FIELDS.length; i++) {
            int code = codes >> CODE_BITS * i & CODE_MASK;
            if (code == NAMED || code == FULL && isNameable(FIELDS[i], packet.index())) {
                int name = namer.name(outgoing, from(packet, FIELDS[i]), usualBytes(FIELDS[i]));
                put24(out, name);
                names = code == FULL ? mixed(names, name) : names;
            }
            putValue(out, outgoing, FIELDS[i], code);
        }
        out.put(outgoing, packet.offset(Field.MESSAGE), packet.length(Field.MESSAGE));
        mix(names, out.array(), HEAD_BYTES + (packet.index() < 0 ? 0 : Short.BYTES));
        return out.array();
    }

    /** What covers one name more: another for each name, whatever the others are. */
    static int mixed(int names, int name) {
        return names * MIX + name;
    }

    /** Mixes names into the checksum of a usr3, or takes them out again. */
    static void mix(int names, byte[] bytes, int usr3At) {
        int at = usr3At + CHECKSUM_AT;
        bytes[at] ^= (byte) (names >>> 16);
        bytes[at + 1] ^= (byte) (names >>> 8);
        bytes[at + 2] ^= (byte) names;
    }

    private static byte hops(byte[] outgoing) {
        int at = Packet.HOPS_AT;
        if ((outgoing[at] | outgoing[at + 1] | outgoing[at + 2]) != 0) {
            throw new IllegalArgumentException("a short form tells up to 255 hops, not more");
        }
        return outgoing[at + 3];
    }

    private void putValue(ByteBuffer out, byte[] outgoing, Field field, int code) {
        int from = from(packet, field);
        if (code == FULL) {
            out.put(outgoing, from, usualBytes(field));
        } else if (code == OTHER && field != Field.PACKET) {
            out.put((byte) packet.length(field)).put(outgoing, from, packet.length(field));
        }
    }

    private static void put24(ByteBuffer out, int value) {
        out.put((byte) (value >>> 16)).putShort((short) value);
    }
}
