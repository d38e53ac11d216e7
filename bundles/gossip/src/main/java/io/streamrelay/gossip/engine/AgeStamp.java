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
 * next hop alone ({@link #ASKS}, {@link #MORE}), age (5 bytes) and lifetime (6 bytes) in milliseconds, origin (8 bytes),
 * big-endian. Nobody signs it: it decides how long strangers carry a packet, and inside the seal the envelope says the
 * lifetime again, signed.
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

    private static final int MARK = 0x53410100;
    private static final int HOPS_MASK = 0x7f;
    private static final int REPAIR = 0x80;
    private static final int FLAGS_AT = 4;
    private static final int AGE_BITS = 40;
    private static final long AGE_MAX = 0xff_ffff_ffffL;
    private static final int SHORT_BITS = 16;
    private static final long U48_MAX = 0xffff_ffff_ffffL;

    /** What a packet says, with a lifetime of at most {@link Timing#LIFETIME_MAX_MS}; null when it says nothing. */
    static AgeStamp of(Packet packet) {
        if (packet.length(Field.USR3) != BYTES) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(packet.bytes(), packet.offset(Field.USR3), BYTES);
        int mark = in.getInt();
        if ((mark & ~(HOPS_MASK | REPAIR)) != MARK) {
            return null;
        }
        return new AgeStamp(
                mark & HOPS_MASK,
                (mark & REPAIR) != 0,
                u48(in) & AGE_MAX,
                Math.min(u48(in), Timing.LIFETIME_MAX_MS),
                in.getLong());
    }

    byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(BYTES).putInt(mark(hops, isRepair));
        putAge(out, 0, ageMs);
        putU48(out, lifetimeMs);
        return out.putLong(origin).array();
    }

    private static int mark(int hops, boolean isRepair) {
        return MARK | Math.min(hops, HOPS_MASK) | (isRepair ? REPAIR : 0);
    }

    /** What the peer that sent a packet has to say of the line to it; 0 when it says nothing. */
    static int flags(Packet packet) {
        return of(packet) == null ? 0 : packet.bytes()[packet.offset(Field.USR3) + FLAGS_AT];
    }

    /** Writes all that changes on its way into the bytes of a packet that carries a stamp. */
    static void rewrite(Packet packet, byte[] bytes, int hops, boolean isRepair, int flags, long ageMs) {
        int at = packet.offset(Field.USR3);
        ByteBuffer out = ByteBuffer.wrap(bytes).position(at).putInt(mark(hops, isRepair));
        putAge(out, flags, ageMs);
    }

    private static void putAge(ByteBuffer out, int flags, long ageMs) {
        long bounded = Math.max(0, Math.min(ageMs, AGE_MAX));
        putU48(out, (long) flags << AGE_BITS | bounded);
    }

    boolean isExpired() {
        return ageMs >= lifetimeMs;
    }

    private static long u48(ByteBuffer in) {
        return Short.toUnsignedLong(in.getShort()) << Integer.SIZE | Integer.toUnsignedLong(in.getInt());
    }

    private static void putU48(ByteBuffer out, long value) {
        long bounded = Math.max(0, Math.min(value, U48_MAX));
        out.putShort((short) (bounded >>> SHORT_BITS + SHORT_BITS)).putInt((int) bounded);
    }
}
