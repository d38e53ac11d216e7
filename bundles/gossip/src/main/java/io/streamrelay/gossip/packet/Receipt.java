// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import io.streamrelay.api.Id;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What two of our own nodes tell each other of what has come: a question "what has come of what I sent?", or the answer,
 * which names the latest publications up to the first that waits for the disk, the newest last. It is no packet of the
 * protocol; who does not know it drops it for its first bytes.
 *
 * <p>{@code 'S' 'R'}; {@code '?'}, {@code '!'} or, when more has come before the names, {@code '+'}; the question's number (4
 * bytes, big-endian); the names, of 3 bytes each: the first of a packet's id. A question has zeros in their place, as many as
 * there may be: nobody is sent more for it, and from another address it pays for a ping. Nobody signs it: whoever forges one makes us
 * send no faster than the fixed pace, and what he makes us believe to have come is found missing when both compare what
 * they hold.
 *
 * @param asks whether it is a question
 * @param number the question's; 0 when a packet asked, {@link #AFRESH}, {@link #NOT_KEPT}, {@link #FORGOTTEN}, {@link #SPARE} or
 *     {@link #WANTED}
 * @param names of the latest packets, or of a subcluster with {@link #SPARE} and {@link #WANTED}, at most {@link #NAMES_MAX}, the newest last; a question has none
 * @param isCut whether more than {@link #NAMES_MAX} have come since the other took this node for a peer
 */
public record Receipt(boolean asks, int number, List<Integer> names, boolean isCut) {

    /** A guess: what came in the last four receipts at full speed. */
    public static final int NAMES_MAX = 29;

    /** The number of what nobody has asked for: who tells it has just come, and what is not named will not come. */
    public static final int AFRESH = -1;

    /** The same, said because another has said so: it is not answered. */
    public static final int AFRESH_TOO = -3;

    /** The number of who could not commit what has come: sent again it would fare no better. */
    public static final int NOT_KEPT = -2;

    /** The number of who does not know, or know any more, what a name alone was told of. Nobody has asked. */
    public static final int FORGOTTEN = -4;

    /** The number of who has had already what has come: what is new of the subcluster that is named need not be pushed there. */
    public static final int SPARE = -5;

    /** The number of who wants to be pushed what is new of the subcluster that is named, alone. */
    public static final int WANTED = -6;

    private static final byte MAGIC_0 = 'S';
    private static final byte MAGIC_1 = 'R';
    private static final int NAME_BYTES = 3;
    private static final int HEAD_BYTES = 7;
    private static final int QUESTION_BYTES = HEAD_BYTES + NAMES_MAX * NAME_BYTES;

    /** One that names all that has come. */
    public Receipt(boolean asks, int number, List<Integer> names) {
        this(asks, number, names, false);
    }

    /** Whether it speaks of who is pushed what is new, and tells nothing of packets. */
    public boolean isOfTree() {
        return !asks && (number == SPARE || number == WANTED);
    }

    /** Whether who tells it has just come. */
    public boolean isAfresh() {
        return number == AFRESH || number == AFRESH_TOO;
    }

    /** The same from somebody who has been there. */
    public Receipt said() {
        return new Receipt(asks, 0, names, isCut);
    }

    /** What a packet is called. */
    public static int name(Id id) {
        int name = 0;
        for (int digit = 0; digit < 2 * NAME_BYTES; digit++) {
            name = name << 4 | id.nibble(digit);
        }
        return name;
    }

    /** What a datagram says, or null when it is no receipt. */
    public static Receipt of(byte[] datagram) {
        int namesBytes = datagram.length - HEAD_BYTES;
        if (namesBytes < 0
                || namesBytes % NAME_BYTES != 0
                || namesBytes > NAMES_MAX * NAME_BYTES
                || datagram[0] != MAGIC_0
                || datagram[1] != MAGIC_1
                || "?!+".indexOf(datagram[2]) < 0) {
            return null;
        }
        if (datagram[2] == '?') {
            int number = ByteBuffer.wrap(datagram).getInt(3);
            return datagram.length == QUESTION_BYTES ? new Receipt(true, number, List.of()) : null;
        }
        ByteBuffer in = ByteBuffer.wrap(datagram).position(3);
        int number = in.getInt();
        List<Integer> names = new ArrayList<>(namesBytes / NAME_BYTES);
        while (in.hasRemaining()) {
            names.add((in.get() & 0xff) << 16 | in.getShort() & 0xffff);
        }
        return new Receipt(false, number, names, datagram[2] == '+');
    }

    /** The datagram. */
    public byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(asks ? QUESTION_BYTES : HEAD_BYTES + names.size() * NAME_BYTES)
                .put(MAGIC_0)
                .put(MAGIC_1)
                .put((byte) kind())
                .putInt(number);
        for (int name : names) {
            out.put((byte) (name >>> 16)).putShort((short) name);
        }
        return out.array();
    }

    private char kind() {
        if (asks) {
            return '?';
        }
        return isCut ? '+' : '!';
    }
}
