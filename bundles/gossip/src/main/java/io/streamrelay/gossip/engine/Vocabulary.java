// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.ShortForm;
import java.util.Arrays;

/**
 * The values by whose names one of our own nodes and this one tell each other of packets, the one used last in front: few
 * are in use at a time, and looking for them makes no objects.
 */
final class Vocabulary implements ShortForm.Names, ShortForm.Known, ShortForm.Learner {

    private static final int FIRST_ROOM = 8;

    private final int valuesMax;
    private byte[][] values = new byte[FIRST_ROOM][];
    private int size;

    /** @param valuesMax when there are more, the one that was not used for the longest time is forgotten */
    Vocabulary(int valuesMax) {
        this.valuesMax = valuesMax;
    }

    /** A packet is known to both: what it holds may be named from now on. */
    void learn(Packet packet) {
        ShortForm.visit(packet, this);
    }

    @Override
    public void learn(byte[] bytes, int from, int length) {
        if (isKnown(bytes, from, length)) {
            return;
        }
        // Of two values that share a name the newer one is meant.
        int namesake = find(ShortForm.name(bytes, from, length), length);
        if (namesake < 0 && size < valuesMax) {
            values = size == values.length ? Arrays.copyOf(values, Math.min(2 * size, valuesMax)) : values;
            size++;
        }
        int place = namesake < 0 ? size - 1 : namesake;
        values[place] = Arrays.copyOfRange(bytes, from, from + length);
        bringForward(place);
    }

    @Override
    public byte[] value(int name, int bytes) {
        int place = find(name, bytes);
        return place < 0 ? null : bringForward(place);
    }

    @Override
    public boolean isKnown(byte[] bytes, int from, int length) {
        int place = find(ShortForm.name(bytes, from, length), length);
        boolean known = place >= 0 && Arrays.equals(values[place], 0, length, bytes, from, from + length);
        if (known) {
            bringForward(place);
        }
        return known;
    }

    private int find(int name, int length) {
        for (int place = 0; place < size; place++) {
            byte[] value = values[place];
            if (value.length == length && ShortForm.name(value, 0, length) == name) {
                return place;
            }
        }
        return -1;
    }

    private byte[] bringForward(int place) {
        byte[] value = values[place];
        System.arraycopy(values, 0, values, 1, place);
        values[0] = value;
        return value;
    }

    void forget() {
        Arrays.fill(values, 0, size, null);
        size = 0;
    }
}
