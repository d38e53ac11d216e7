// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredDelivery;
import io.streamrelay.api.store.StoredPacket;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries of the log as bytes: both clocks, then each change as a kind and what belongs to it; numbers are big-endian. Of
 * a packet that is there already eight bytes of its id are told.
 */
final class LogEntryCodec {

    private static final int PUT_PACKET = 1;
    private static final int PASSED_ON = 2;
    private static final int DELIVERED = 3;
    private static final int REMOVE_PACKET = 4;
    private static final int EVICT_PACKET = 5;
    private static final int PUT_CONSUMER = 6;
    private static final int PUT_DELIVERY = 7;
    private static final int REMOVE_DELIVERY = 8;
    private static final int PUT_NOTE = 9;
    private static final int REMOVE_NOTE = 10;
    private static final int MOVED_PACKET = 11;
    private static final int PUT_SEVERAL = 12;

    private LogEntryCodec() {}

    static byte[] encode(LogEntry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(entry.at().nodeMs());
            out.writeLong(entry.at().wallMs());
            for (StoreChange change : entry.changes()) {
                write(change, out);
            }
            for (PacketBytes moved : entry.moved()) {
                writeId(MOVED_PACKET, moved.id(), out);
                writeBytes(moved.bytes(), out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an array takes everything", e);
        }
        return bytes.toByteArray();
    }

    private static void write(StoreChange change, DataOutputStream out) throws IOException {
        if (change instanceof StoreChange.PutPacket put) {
            writePacket(put.packet(), out);
        } else if (change instanceof StoreChange.PacketPassedOn passedOn) {
            writeKey(PASSED_ON, passedOn.id(), out);
        } else if (change instanceof StoreChange.PacketDelivered delivered) {
            writeKey(DELIVERED, delivered.id(), out);
        } else if (change instanceof StoreChange.RemovePacket remove) {
            writeKey(REMOVE_PACKET, remove.id(), out);
        } else if (change instanceof StoreChange.EvictPacket evict) {
            writeKey(EVICT_PACKET, evict.id(), out);
        } else {
            writeOther(change, out);
        }
    }

    private static void writeOther(StoreChange change, DataOutputStream out) throws IOException {
        if (change instanceof StoreChange.PutConsumer put) {
            out.writeByte(PUT_CONSUMER);
            writeText(put.consumer(), out);
        } else if (change instanceof StoreChange.PutDelivery put) {
            writeDelivery(put.delivery(), out);
        } else if (change instanceof StoreChange.RemoveDelivery remove) {
            out.writeByte(REMOVE_DELIVERY);
            writeText(remove.consumer(), out);
            out.writeLong(remove.number());
        } else if (change instanceof StoreChange.PutNote put) {
            out.writeByte(PUT_NOTE);
            writeText(put.key(), out);
            writeBytes(put.value(), out);
        } else if (change instanceof StoreChange.RemoveNote remove) {
            out.writeByte(REMOVE_NOTE);
            writeText(remove.key(), out);
        } else {
            throw new IllegalArgumentException("not a matter of the log: " + change);
        }
    }

    private static void writePacket(StoredPacket packet, DataOutputStream out) throws IOException {
        boolean several = packet.messages() > 1;
        writeId(several ? PUT_SEVERAL : PUT_PACKET, packet.id(), out);
        out.writeByte(PacketRow.flags(packet));
        if (several) {
            out.writeShort(packet.messages() - 1);
        }
        out.writeLong(packet.ageMs());
        out.writeLong(packet.lifetimeMs());
        writeBytes(packet.bytes(), out);
    }

    private static void writeDelivery(StoredDelivery delivery, DataOutputStream out) throws IOException {
        out.writeByte(PUT_DELIVERY);
        writeText(delivery.consumer(), out);
        out.writeLong(delivery.number());
        out.writeLong(delivery.ageMs());
        writeBytes(delivery.bytes(), out);
    }

    private static void writeId(int kind, Id id, DataOutputStream out) throws IOException {
        out.writeByte(kind);
        out.write(id.bytes());
    }

    /** What tells a packet of the store's from others: see {@link PacketRow#key()}. */
    private static void writeKey(int kind, Id id, DataOutputStream out) throws IOException {
        out.writeByte(kind);
        out.writeLong(PacketRow.key(id.bytes()));
    }

    private static void writeText(String text, DataOutputStream out) throws IOException {
        writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
    }

    private static void writeBytes(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** @throws IOException when it is not what {@link #encode} gives */
    static LogEntry decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        NodeClock.Reading at = new NodeClock.Reading(in.readLong(), in.readLong());
        List<StoreChange> changes = new ArrayList<>();
        List<PacketBytes> moved = new ArrayList<>();
        while (in.available() > 0) {
            int kind = in.readUnsignedByte();
            if (kind == MOVED_PACKET) {
                moved.add(new PacketBytes(readId(in), readBytes(in)));
            } else {
                changes.add(readChange(kind, in));
            }
        }
        return new LogEntry(at, changes, moved);
    }

    private static StoreChange readChange(int kind, DataInputStream in) throws IOException {
        return switch (kind) {
            case PUT_PACKET, PUT_SEVERAL -> new StoreChange.PutPacket(readPacket(in, kind == PUT_SEVERAL));
            case PASSED_ON -> new StoreChange.PacketPassedOn(readKey(in));
            case DELIVERED -> new StoreChange.PacketDelivered(readKey(in));
            case REMOVE_PACKET -> new StoreChange.RemovePacket(readKey(in));
            case EVICT_PACKET -> new StoreChange.EvictPacket(readKey(in));
            case PUT_CONSUMER -> new StoreChange.PutConsumer(readText(in));
            case PUT_DELIVERY -> new StoreChange.PutDelivery(readDelivery(in));
            case REMOVE_DELIVERY -> new StoreChange.RemoveDelivery(readText(in), in.readLong());
            case PUT_NOTE -> new StoreChange.PutNote(readText(in), readBytes(in));
            case REMOVE_NOTE -> new StoreChange.RemoveNote(readText(in));
            default -> throw new IOException("the log has no kind " + kind);
        };
    }

    private static StoredPacket readPacket(DataInputStream in, boolean several) throws IOException {
        Id id = readId(in);
        int flags = in.readUnsignedByte();
        int messages = 1 + (several ? in.readUnsignedShort() : 0);
        long ageMs = in.readLong();
        long lifetimeMs = in.readLong();
        return new StoredPacket(
                id,
                readBytes(in),
                (flags & PacketRow.OWN) != 0,
                (flags & PacketRow.PASSED_ON) != 0,
                (flags & PacketRow.DELIVERED) != 0,
                ageMs,
                lifetimeMs,
                messages);
    }

    private static StoredDelivery readDelivery(DataInputStream in) throws IOException {
        String consumer = readText(in);
        long number = in.readLong();
        long ageMs = in.readLong();
        return new StoredDelivery(consumer, number, readBytes(in), ageMs);
    }

    /** An id that stands for the same packet; only its first eight bytes are right. */
    private static Id readKey(DataInputStream in) throws IOException {
        return Id.of(ByteBuffer.allocate(Id.BYTES).putLong(in.readLong()).array());
    }

    private static Id readId(DataInputStream in) throws IOException {
        byte[] id = in.readNBytes(Id.BYTES);
        if (id.length < Id.BYTES) {
            throw new IOException("an id of " + id.length + " bytes");
        }
        return Id.of(id);
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a length of " + length + " bytes where " + in.available() + " are left");
        }
        return in.readNBytes(length);
    }
}
