// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Finds a packet's fields in a datagram, or says why it holds none. */
final class PacketDecoder {

    private static final Field[] FIELDS = Field.values();

    private PacketDecoder() {}

    static Decoded decode(byte[] datagram) {
        DropReason reason = headerFault(datagram);
        if (reason != null) {
            return new Rejected(reason);
        }
        ByteBuffer in = ByteBuffer.wrap(datagram);
        PacketType type = PacketType.ofWire(in.get(Packet.TYPE_AT));
        if (type == null) {
            return new Rejected(DropReason.UNKNOWN_TYPE);
        }
        short[] offsets = new short[FIELDS.length];
        int position = Packet.FIELDS_AT;
        for (Field field : FIELDS) {
            if (position + Short.BYTES > datagram.length) {
                return new Rejected(DropReason.TRUNCATED);
            }
            int length = Short.toUnsignedInt(in.getShort(position));
            if (length > field.maxBytes()) {
                return new Rejected(DropReason.FIELD_TOO_LONG);
            }
            position += Short.BYTES;
            offsets[field.ordinal()] = (short) position;
            position += length;
        }
        if (position > datagram.length) {
            // Only the last field, the signature, can end early here. The reference takes what there is of it
            // (protocol-v6 §1.4); so do we, with the length that it has, so that what leaves again is valid.
            int start = offsets[Field.SIG.ordinal()];
            in.putShort(start - Short.BYTES, (short) (datagram.length - start));
            position = datagram.length;
        }
        byte[] bytes = position == datagram.length ? datagram : Arrays.copyOf(datagram, position);
        return new Packet(type, bytes, offsets);
    }

    private static DropReason headerFault(byte[] datagram) {
        for (int i = 0; i < Math.min(Integer.BYTES, datagram.length); i++) {
            if (datagram[i] != (byte) (Packet.MAGIC >> 24 - 8 * i)) {
                return DropReason.BAD_MAGIC;
            }
        }
        if (datagram.length < Packet.FIELDS_AT) {
            return DropReason.TRUNCATED;
        }
        int version = ByteBuffer.wrap(datagram).getShort(Packet.VERSION_AT);
        return version == Packet.VERSION ? null : DropReason.BAD_VERSION;
    }
}
