// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What kin tell each other of what has come, in the fields of a sync that summarizes nothing: a question "what has come
 * of what I sent?", or the answer, which names the latest publications, the newest last.
 *
 * <p>usr3: "P", "?", "!" or, when more has come than the names, "+", the question's number (4 bytes, big-endian), then
 * 8 names; sig: 21 more. A name is the first 3 bytes of a packet's id. Nobody signs it: whoever forges one makes us send
 * no faster than the fixed pace, and what he makes us believe to have come is found missing when both compare what they
 * hold.
 *
 * @param asks whether it is a question
 * @param number the question's; 0 when a packet asked, {@link #AFRESH}, {@link #NOT_KEPT} or {@link #FORGOTTEN}
 * @param names of the latest packets, at most {@link #NAMES_MAX}, the newest last
 * @param isCut whether more than {@link #NAMES_MAX} have come since the other took this node for a peer
 */
record Receipt(boolean asks, int number, List<Integer> names, boolean isCut) {

    static final int NAMES_MAX = 29;

    /** The number of what nobody has asked for: who tells it has just come, and what is not named will not come. */
    static final int AFRESH = -1;

    /** The same, said because another has said so: it is not answered. */
    static final int AFRESH_TOO = -3;

    /** The number of who could not commit what has come: sent again it would fare no better. */
    static final int NOT_KEPT = -2;

    /** The number of who does not know, or know any more, what a name alone was told of. Nobody has asked. */
    static final int FORGOTTEN = -4;

    private static final int NAME_BYTES = 3;
    private static final int HEAD_BYTES = 6;
    private static final String KINDS = "?!+";
    private static final int FIRST_NAMES = 8;
    private static final int FIELD_BYTES = HEAD_BYTES + FIRST_NAMES * NAME_BYTES;

    /** One that names all that has come. */
    Receipt(boolean asks, int number, List<Integer> names) {
        this(asks, number, names, false);
    }

    /** Whether who tells it has just come. */
    boolean isAfresh() {
        return number == AFRESH || number == AFRESH_TOO;
    }

    /** The same from somebody who has been there. */
    Receipt said() {
        return new Receipt(asks, 0, names, isCut);
    }

    /** What a packet is called; 0 stands for nobody. */
    static int name(Id id) {
        return Math.max(1, ByteBuffer.wrap(id.bytes()).getInt() >>> Byte.SIZE);
    }

    /** What a sync says, or null when it is nothing but a sync. */
    static Receipt of(Packet packet) {
        byte[] first = packet.copy(Field.USR3);
        if (first.length != FIELD_BYTES || first[0] != 'P' || KINDS.indexOf(first[1]) < 0) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(first).position(2);
        int number = in.getInt();
        List<Integer> names = new ArrayList<>();
        read(packet.isSet(Field.SIG) ? packet.copy(Field.SIG) : new byte[0], 0, names);
        read(first, HEAD_BYTES, names);
        return new Receipt(first[1] == '?', number, names, first[1] == '+');
    }

    private static void read(byte[] field, int from, List<Integer> names) {
        for (int at = from; at + NAME_BYTES <= field.length; at += NAME_BYTES) {
            int name = (field[at] & 0xff) << 16 | (field[at + 1] & 0xff) << 8 | field[at + 2] & 0xff;
            if (name != 0) {
                names.add(name);
            }
        }
    }

    void into(Packet.Builder packet) {
        int later = Math.min(names.size(), FIRST_NAMES);
        ByteBuffer first = ByteBuffer.allocate(FIELD_BYTES)
                .put((byte) 'P')
                .put((byte) (asks ? '?' : isCut ? '+' : '!'))
                .putInt(number);
        write(names.subList(names.size() - later, names.size()), first);
        packet.set(Field.USR3, first.array());
        if (names.size() > later) {
            ByteBuffer rest = ByteBuffer.allocate((names.size() - later) * NAME_BYTES);
            write(names.subList(0, names.size() - later), rest);
            packet.set(Field.SIG, rest.array());
        }
    }

    private static void write(List<Integer> names, ByteBuffer out) {
        for (int name : names) {
            out.put((byte) (name >>> 16)).put((byte) (name >>> 8)).put((byte) name);
        }
    }
}
