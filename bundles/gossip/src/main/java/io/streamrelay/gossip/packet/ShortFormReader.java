// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Makes a packet of its {@link ShortForm}: total, whatever the bytes are. */
public final class ShortFormReader {

    /** Is told values with the names that their sender has given them. */
    @FunctionalInterface
    public interface Pupil {
        void learn(int name, byte[] bytes, int from, int length);
    }

    private static final int BYTE_MASK = 0xff;

    private final byte[] datagram;
    private final ShortForm.Names names;
    private final Packet.Builder packet = Packet.builder(PacketType.PUBLISH).clock(ShortForm.CLOCK);
    private final int[] taughtAt = new int[ShortForm.FIELDS.length];
    private Decoded decoded;
    private byte[] head;
    private int at = ShortForm.HEAD_BYTES;
    private int index = -1;
    private int taughtNames;
    private boolean digestIsId;

    private ShortFormReader(byte[] datagram, ShortForm.Names names) {
        this.datagram = datagram;
        this.names = names;
    }

    static ShortFormReader read(byte[] datagram, ShortForm.Names names) {
        ShortFormReader reader = new ShortFormReader(datagram, names);
        DropReason fault = ShortForm.isShort(datagram) ? reader.read() : DropReason.BAD_MAGIC;
        reader.decoded = fault == null ? reader.packet.build() : new Rejected(fault);
        return reader;
    }

    /** The packet, or {@link DropReason#UNKNOWN_NAME} when it names what is not known here, or what else is wrong. */
    public Decoded decoded() {
        return decoded;
    }

    /** Shows the values that came with their names. Only the checksum of the packet tells whether they are what was sent. */
    public void teach(Pupil pupil) {
        for (int i = 0; i < taughtAt.length; i++) {
            if (taughtAt[i] > 0) {
                int from = taughtAt[i] + ShortForm.NAME_BYTES;
                pupil.learn(int24(taughtAt[i]), datagram, from, ShortForm.usualBytes(ShortForm.FIELDS[i]));
            }
        }
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
            index = Short.toUnsignedInt(in.getShort(at));
            packet.index(index);
            at += Short.BYTES;
        }
        byte[] usr3 = new byte[ShortForm.USR3_BYTES];
        in.get(at, usr3, 0, ShortForm.USR3_HALF);
        at += ShortForm.USR3_HALF;
        for (int i = 0; i < ShortForm.FIELDS.length; i++) {
            DropReason fault = read(i, codes >> ShortForm.CODE_BITS * i & ShortForm.CODE_MASK, usr3);
            if (fault != null) {
                return fault;
            }
        }
        ShortForm.mix(taughtNames, usr3, 0);
        packet.set(Field.USR3, usr3).ttl(ShortForm.ttl(usr3, ShortForm.USR3_HALF));
        return readBody();
    }

    private DropReason read(int place, int code, byte[] usr3) {
        Field field = ShortForm.FIELDS[place];
        return switch (code) {
            case ShortForm.FULL -> readFull(place, usr3);
            case ShortForm.NAMED -> readNamed(field, usr3);
            case ShortForm.OTHER -> readOther(field);
            default -> null;
        };
    }

    private DropReason readFull(int place, byte[] usr3) {
        Field field = ShortForm.FIELDS[place];
        boolean taught = ShortForm.isNameable(field, index);
        int length = ShortForm.usualBytes(field);
        if (left() < length + (taught ? ShortForm.NAME_BYTES : 0)) {
            return DropReason.TRUNCATED;
        }
        if (taught) {
            taughtAt[place] = at;
            taughtNames = ShortForm.mixed(taughtNames, int24(at));
            at += ShortForm.NAME_BYTES;
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
            head = field == Field.PREVIOUS ? Arrays.copyOfRange(from, start, start + length) : head;
        }
    }

    private DropReason readOther(Field field) {
        if (field == Field.PACKET) {
            digestIsId = index <= 0;
            return digestIsId ? null : readIdFromBefore();
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

    private DropReason readIdFromBefore() {
        byte[] next = head == null ? null : names.next(head, index - 1);
        if (next == null) {
            return DropReason.UNKNOWN_NAME;
        }
        packet.set(Field.PACKET, next, 0, next.length);
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
