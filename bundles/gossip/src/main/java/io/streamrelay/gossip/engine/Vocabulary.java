// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.ShortForm;
import io.streamrelay.gossip.packet.ShortFormReader;
import java.util.Arrays;

/**
 * The values that one of our own nodes has told this one, by the names that it gave them; the one used last in front: few are
 * in use at a time, and looking for them makes no objects. When there are too many, the one that was not used for the
 * longest time is forgotten.
 */
final class Vocabulary implements ShortForm.Names, ShortFormReader.Pupil {

    private static final int FIRST_ROOM = 8;

    private int[] names = new int[FIRST_ROOM];
    private byte[][] values = new byte[FIRST_ROOM][];
    private final NextIds nextIds = new NextIds();
    private int size;

    /** What a packet that was understood teaches beside its names. */
    void learn(Packet packet) {
        nextIds.learn(packet);
    }

    @Override
    public byte[] next(byte[] head, int index) {
        return nextIds.next(head, index);
    }

    @Override
    public void learn(int name, byte[] bytes, int from, int length) {
        int place = find(name);
        boolean known = place >= 0 && Arrays.equals(values[place], 0, values[place].length, bytes, from, from + length);
        if (place < 0) {
            place = size < Limits.VALUES_HEARD_MAX ? size++ : size - 1;
            makeRoom();
        }
        if (!known) {
            names[place] = name;
            values[place] = Arrays.copyOfRange(bytes, from, from + length);
        }
        bringForward(place);
    }

    private void makeRoom() {
        if (size > names.length) {
            names = Arrays.copyOf(names, 2 * names.length);
            values = Arrays.copyOf(values, 2 * values.length);
        }
    }

    @Override
    public byte[] value(int name, int bytes) {
        int place = find(name);
        if (place < 0 || values[place].length != bytes) {
            return null;
        }
        bringForward(place);
        return values[0];
    }

    private int find(int name) {
        for (int place = 0; place < size; place++) {
            if (names[place] == name) {
                return place;
            }
        }
        return -1;
    }

    private void bringForward(int place) {
        int name = names[place];
        byte[] value = values[place];
        System.arraycopy(names, 0, names, 1, place);
        System.arraycopy(values, 0, values, 1, place);
        names[0] = name;
        values[0] = value;
    }
}
