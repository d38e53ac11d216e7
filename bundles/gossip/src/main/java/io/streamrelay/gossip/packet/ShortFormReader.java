// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import java.nio.ByteBuffer;

/** Makes packets of their {@link ShortForm}s: total, whatever the bytes are. */
final class ShortFormReader {

    private static final int BYTE_MASK = 0xff;

    private final byte[] datagram;
    private final ShortForm.Names names;
    private final Packet.Builder packet = Packet.builder(PacketType.PUBLISH).clock(ShortForm.CLOCK);
    private int at = ShortForm.HEAD_BYTES;
    private boolean digestIsId;

    private ShortFormReader(byte[] datagram, ShortForm.Names names) {
        this.datagram = datagram;
        this.names = names;
    }

    static Decoded read(byte[] datagram, ShortForm.Names names) {
        if (!ShortForm.isShort(datagram)) {
            return new Rejected(DropReason.BAD_MAGIC);
        }
        ShortFormReader reader = new ShortFormReader(datagram, names);
        DropReason fault = reader.read();
        return fault == null ? reader.packet.build() : new Rejected(fault);
    }

    private DropReason read() {
        ByteBuffer in = ByteBuffer.wrap(datagram);
        int codes = int24(ShortForm.CODES_AT);
        if (codes > ShortForm.CODES_MAX) {
            return DropReason.BAD_VERSION;
        }
        packet.hops(datagram[ShortForm.HOPS_AT] & BYTE_MASK);
        boolean hasIndex = (codes & ShortForm.HAS_INDEX) != 0;
        if (left() < (hasIndex ? Short.BYTES : 0) + ShortForm.USR3_HALF) {
            return DropReason.TRUNCATED;
        }
        if (hasIndex) {
            packet.index(Short.toUnsignedInt(in.getShort(at)));
            at += Short.BYTES;
        }
        byte[] usr3 = new byte[ShortForm.USR3_BYTES];
        in.get(at, usr3, 0, ShortForm.USR3_HALF);
        at += ShortForm.USR3_HALF;
        for (int i = 0; i < ShortForm.FIELDS.length; i++) {
            DropReason fault = read(ShortForm.FIELDS[i], codes >> ShortForm.CODE_BITS * i & ShortForm.CODE_MASK, usr3);
            if (fault != null) {
                return fault;
            }
        }
        packet.set(Field.USR3, usr3).ttl(ShortForm.ttl(usr3, ShortForm.USR3_HALF));
        return readBody();
    }

    private DropReason read(Field field, int code, byte[] usr3) {
        return switch (code) {
            case ShortForm.FULL -> readFull(field, usr3);
            case ShortForm.NAMED -> readNamed(field, usr3);
            case ShortForm.OTHER -> readOther(field);
            default -> null;
        };
    }

    private DropReason readFull(Field field, byte[] usr3) {
        int length = ShortForm.usualBytes(field);
        if (left() < length) {
            return DropReason.TRUNCATED;
        }
        set(field, datagram, at, length, usr3);
        at += length;
        return null;
    }

    private DropReason readNamed(Field field, byte[] usr3) {
        if (left() < ShortForm.NAME_BYTES) {
            return DropReason.TRUNCATED;
        }
        byte[] value = names.value(int24(at), ShortForm.usualBytes(field));
        at += ShortForm.NAME_BYTES;
        if (value == null) {
            return DropReason.UNKNOWN_NAME;
        }
        set(field, value, 0, value.length, usr3);
        return null;
    }

    private void set(Field field, byte[] from, int start, int length, byte[] usr3) {
        if (field == Field.USR3) {
            System.arraycopy(from, start, usr3, ShortForm.USR3_HALF, length);
        } else {
            packet.set(field, from, start, length);
        }
    }

    private DropReason readOther(Field field) {
        if (field == Field.PACKET) {
            digestIsId = true;
            return null;
        }
        if (left() < 1) {
            return DropReason.TRUNCATED;
        }
        int length = datagram[at++] & BYTE_MASK;
        if (field == Field.USR3 || length > field.maxBytes()) {
            return DropReason.FIELD_TOO_LONG;
        }
        if (left() < length) {
            return DropReason.TRUNCATED;
        }
        packet.set(field, datagram, at, length);
        at += length;
        return null;
    }

    private DropReason readBody() {
        if (left() > Field.MESSAGE.maxBytes()) {
            return DropReason.FIELD_TOO_LONG;
        }
        packet.message(datagram, at, left());
        if (digestIsId) {
            packet.set(Field.PACKET, PacketIds.ofMessage(datagram, at, left()));
        }
        return null;
    }

    private int left() {
        return datagram.length - at;
    }

    private int int24(int from) {
        return (datagram[from] & BYTE_MASK) << 16
                | (datagram[from + 1] & BYTE_MASK) << 8
                | datagram[from + 2] & BYTE_MASK;
    }
}
