// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * By which a bit that was turned over in a packet's head is noticed: the packet's id covers its body alone, and whoever
 * took such a packet would carry it for nobody and refuse the good one as known. 24 bits of CRC-32C, written anew by each of
 * our nodes. Left out of it are the checksum itself and the body, which the id covers, and into which a reference peer
 * writes when it passes a head on. The hops, which it counts, are added last, so that they can be left out of account.
 */
final class StampedChecksum {

    private static final int BYTES = 3;
    private static final int MASK = 0xff_ffff;

    /** The header (protocol-v6 section 1.1): magic, type, version and clock; hops; index and ttl. */
    private static final int HOPS_AT = 11;

    private static final int INDEX_AT = 15;

    private StampedChecksum() {}

    /** @param bytes the packet's, with another stamp and other hops, perhaps */
    static void write(Packet packet, byte[] bytes, int at) {
        int hops = ByteBuffer.wrap(bytes).getInt(HOPS_AT);
        int checksum = ofAllButHops(packet, bytes, at) ^ ofHops(hops);
        bytes[at] = (byte) (checksum >>> 16);
        bytes[at + 1] = (byte) (checksum >>> 8);
        bytes[at + 2] = (byte) checksum;
    }

    static boolean isRight(Packet packet, int at, boolean straight) {
        byte[] bytes = packet.bytes();
        int said = (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | bytes[at + 2] & 0xff;
        int rest = said ^ ofAllButHops(packet, bytes, at);
        int hops = packet.hops();
        boolean isRight = rest == ofHops(hops);
        for (int before = Math.min(hops, Limits.HOPS_MAX); !straight && !isRight && before >= 0; before--) {
            isRight = rest == ofHops(before);
        }
        return isRight;
    }

    private static int ofAllButHops(Packet packet, byte[] bytes, int at) {
        CRC32C crc = new CRC32C();
        update(crc, bytes, 0, HOPS_AT);
        update(crc, bytes, INDEX_AT, at);
        update(crc, bytes, at + BYTES, packet.offset(Field.MESSAGE) - Short.BYTES);
        update(crc, bytes, packet.offset(Field.SIG) - Short.BYTES, packet.size());
        return (int) crc.getValue() & MASK;
    }

    private static int ofHops(int hops) {
        CRC32C crc = new CRC32C();
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            crc.update(hops >>> shift);
        }
        return (int) crc.getValue() & MASK;
    }

    private static void update(CRC32C crc, byte[] bytes, int from, int to) {
        crc.update(bytes, from, to - from);
    }
}
