// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import io.streamrelay.api.Id;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What one of our own nodes holds, wants, asks for, has had or declines, of the packets whose ids begin with a prefix, one by one: the
 * body of a sync between kin. Where two hold much that differs here and there, summaries would have to be compared down to
 * single packets.
 *
 * <p>128 (holds) or 192 (wants) plus the number of digits (1 byte), the digits (an odd number begins with a zero digit), and of
 * each id the 6 bytes that follow the prefix's whole bytes, in big-endian order. 190 (asks), 191 (has had) and 189 (declines)
 * have no digits.
 *
 * @param kind what is said of these packets
 * @param prefix 0 to {@link #DIGITS_MAX} lower-case hex digits
 * @param names of the ids, as {@link #name} makes them
 */
public record Inventory(Kind kind, String prefix, List<Long> names) implements Body {

    /** What an inventory says of the packets that it names. */
    public enum Kind {
        /** These are held, and no others under the prefix. */
        HOLDS(0x80),
        /** These are to be sent. */
        WANTS(0xc0),
        /** These are held, which the other has had: has it lost them? */
        ASKS(0xbe),
        /** These were held, and are wanted no more, or are held still. */
        HAD(0xbf),
        /** These had to make room, and there is none for them: the other is to keep them. */
        DECLINES(0xbd);

        private final int mark;

        Kind(int mark) {
            this.mark = mark;
        }

        private boolean hasPrefix() {
            return this == HOLDS || this == WANTS;
        }
    }

    /** How many ids one tells of: what a packet's message holds. */
    public static final int NAMES_MAX = 150;

    /** Longer prefixes leave too few bytes to name an id by. */
    public static final int DIGITS_MAX = 48;

    /** With these an id begins that has a name under the empty prefix. */
    public static final int START_DIGITS = 12;

    private static final int NAME_BYTES = START_DIGITS / 2;
    private static final int HOLDS = 0x80;
    private static final int DIGITS_MASK = 0x3f;
    private static final Kind[] KINDS = Kind.values();
    private static final HexFormat HEX = HexFormat.of();

    /** An id in an inventory of that many digits. Two of some hundred have the same one once in 10^10 times. */
    public static long name(Id id, int digits) {
        ByteBuffer bytes = ByteBuffer.wrap(id.bytes()).position(digits / 2);
        return readName(bytes);
    }

    /** One of packets that are named by the first bytes of their ids. */
    public static Inventory ofStarts(Kind kind, List<Long> starts) {
        return new Inventory(kind, "", starts);
    }

    /** The first six bytes of an id that has this name here; -1 when the prefix is so long that it does not tell them. */
    public long start(long name) {
        int known = prefix.length() / 2;
        if (known >= NAME_BYTES) {
            return -1;
        }
        long first = known == 0 ? 0 : Long.parseLong(prefix, 0, 2 * known, 16);
        return first << Byte.SIZE * (NAME_BYTES - known) | name >>> Byte.SIZE * known;
    }

    /** Whether a body is one, and no summary. */
    static boolean isOne(byte[] body) {
        return body.length > 0 && (body[0] & HOLDS) != 0;
    }

    /** The body. */
    public byte[] encode() {
        byte[] digits = HEX.parseHex(prefix.length() % 2 == 0 ? prefix : "0" + prefix);
        ByteBuffer out = ByteBuffer.allocate(1 + digits.length + names.size() * NAME_BYTES);
        out.put((byte) (kind.mark | prefix.length())).put(digits);
        for (long name : names) {
            out.putShort((short) (name >>> Integer.SIZE)).putInt((int) name);
        }
        return out.array();
    }

    /** Reads a body: an {@link Inventory}, or {@link Malformed} for whatever {@link #encode()} does not write. */
    static Body decode(byte[] body) {
        Kind kind = kind(body[0] & 0xff);
        int digits = kind.hasPrefix() ? body[0] & DIGITS_MASK : 0;
        int namesAt = 1 + (digits + 1) / 2;
        int namesBytes = body.length - namesAt;
        if (digits > DIGITS_MAX
                || namesBytes < 0
                || namesBytes % NAME_BYTES != 0
                || namesBytes > NAMES_MAX * NAME_BYTES) {
            return new Malformed(DropReason.BAD_SUMMARY);
        }
        String padded = HEX.formatHex(body, 1, namesAt);
        if (padded.length() > digits && padded.charAt(0) != '0') {
            return new Malformed(DropReason.BAD_SUMMARY);
        }
        ByteBuffer in = ByteBuffer.wrap(body).position(namesAt);
        List<Long> names = new ArrayList<>(namesBytes / NAME_BYTES);
        while (in.hasRemaining()) {
            names.add(readName(in));
        }
        return new Inventory(kind, padded.substring(padded.length() - digits), names);
    }

    private static Kind kind(int mark) {
        for (Kind kind : KINDS) {
            if (kind.mark == mark) {
                return kind;
            }
        }
        return (mark & Kind.WANTS.mark) == Kind.WANTS.mark ? Kind.WANTS : Kind.HOLDS;
    }

    private static long readName(ByteBuffer in) {
        return Short.toUnsignedLong(in.getShort()) << Integer.SIZE | Integer.toUnsignedLong(in.getInt());
    }
}
