// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import java.nio.ByteBuffer;

/**
 * How old a published packet is, how old it may become, and which of the senders it is of: what our nodes write into
 * usr3, which the reference keeps as it is. Each of them brings the age up to date when the packet leaves, so that a
 * lifetime ends once for the whole mesh (protocol-v6 D3) and needs no wall clock. It counts the hops, too: the header's
 * count ends at the reference's 16.
 *
 * <p>16-bit magic, version, hops (the lower 7 bits) and whether it was sent to mend a gap (the upper bit), a byte for the
 * next hop alone ({@link #ASKS}, {@link #MORE}), a checksum of the packet (3 bytes, {@link StampedChecksum}), age (4 bytes)
 * and lifetime (4 bytes) in milliseconds, origin (8 bytes), big-endian. Nobody signs it: it decides how long strangers carry
 * a packet, and inside the seal the envelope says the lifetime again, signed.
 *
 * @param hops how often the packet was passed on, 0 to 127
 * @param isRepair whether it was last sent to a peer that was found to lack it
 * @param ageMs how old the packet was when it was last sent
 * @param lifetimeMs how old it may become
 * @param origin a pseudonym of the node that made it, new at each of its starts
 */
record AgeStamp(int hops, boolean isRepair, long ageMs, long lifetimeMs, long origin) {

    static final int BYTES = 24;

    /** The receiver is to say what has come. */
    static final int ASKS = 1;

    /** More waits to leave. */
    static final int MORE = 2;

    private static final int MARK = 0x53410200;
    private static final int HOPS_MASK = 0x7f;
    private static final int REPAIR = 0x80;
    private static final int CHANGES = HOPS_MASK | REPAIR;
    private static final int HOPS_AT = 3;
    private static final int FLAGS_AT = 4;
    private static final int CHECKSUM_AT = 5;
    private static final int AGE_AT = 8;
    private static final long U32_MAX = 0xffff_ffffL;

    /** What a packet says, with a lifetime of at most {@link Timing#LIFETIME_MAX_MS}; null when it says nothing. */
    static AgeStamp of(Packet packet) {
        if (!isStamped(packet)) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(packet.bytes(), packet.offset(Field.USR3), BYTES);
        int mark = in.getInt();
        in.position(packet.offset(Field.USR3) + AGE_AT);
        return new AgeStamp(
                mark & HOPS_MASK,
                (mark & REPAIR) != 0,
                Integer.toUnsignedLong(in.getInt()),
                Math.min(Integer.toUnsignedLong(in.getInt()), Timing.LIFETIME_MAX_MS),
                in.getLong());
    }

    /** Whether it carries a stamp. */
    static boolean isStamped(Packet packet) {
        int at = packet.offset(Field.USR3);
        byte[] bytes = packet.bytes();
        return packet.length(Field.USR3) == BYTES
                && bytes[at] == (byte) (MARK >>> 24)
                && bytes[at + 1] == (byte) (MARK >>> 16)
                && bytes[at + 2] == (byte) (MARK >>> 8);
    }

    /** As it is held; {@link #rewrite} makes it what leaves. */
    byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .putInt(mark(hops, isRepair))
                .putInt(0)
                .putInt(u32(ageMs))
                .putInt(u32(lifetimeMs))
                .putLong(origin)
                .array();
    }

    private static int mark(int hops, boolean isRepair) {
        return MARK | Math.min(hops, HOPS_MASK) | (isRepair ? REPAIR : 0);
    }

    private static int u32(long value) {
        return (int) Math.max(0, Math.min(value, U32_MAX));
    }

    /** What the peer that sent a packet has to say of the line to it; 0 when it says nothing. */
    static int flags(Packet packet) {
        return !isStamped(packet) ? 0 : packet.bytes()[packet.offset(Field.USR3) + FLAGS_AT];
    }

    /** Whether the copy that has come was sent to mend a gap, as far as it says. */
    static boolean mendsGap(Packet packet) {
        return isStamped(packet) && (packet.bytes()[packet.offset(Field.USR3) + HOPS_AT] & REPAIR) != 0;
    }

    /** Writes all that changes on its way into the bytes of a packet that carries a stamp. */
    static void rewrite(Packet packet, byte[] bytes, int hops, boolean isRepair, int flags, long ageMs) {
        int at = packet.offset(Field.USR3);
        ByteBuffer out = ByteBuffer.wrap(bytes);
        out.putInt(at, mark(hops, isRepair)).put(at + FLAGS_AT, (byte) flags).putInt(at + AGE_AT, u32(ageMs));
        StampedChecksum.write(packet, bytes, at + CHECKSUM_AT);
    }

    /**
     * Whether a packet is as the last of our nodes sent it, as far as its stamp can tell: true when it has none.
     *
     * @param straight whether that node is the one that it came from; others count the hops and write into heads
     */
    static boolean isIntact(Packet packet, boolean straight) {
        if (packet.length(Field.USR3) != BYTES) {
            return true;
        }
        int at = packet.offset(Field.USR3);
        int unlike = (ByteBuffer.wrap(packet.bytes()).getInt(at) ^ MARK) & ~CHANGES;
        return unlike == 0 ? StampedChecksum.isRight(packet, at + CHECKSUM_AT, straight) : Integer.bitCount(unlike) > 1;
    }

    boolean isExpired() {
        return ageMs >= lifetimeMs;
    }
}
