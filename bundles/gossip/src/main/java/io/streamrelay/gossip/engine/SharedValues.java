// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.ShortForm;
import java.util.Arrays;

/**
 * The values that one of our own nodes was told, and their names. A name alone is told of what it has said to have got, and, as
 * long as nothing gets lost, of what it was told twice: a large message has left before a receipt for its head can be here.
 *
 * <p>The names are numbers that are given here: nobody else can make two values share one. What was used last is in front.
 * The other remembers more, in the same order, so that it forgets nothing that can be named still.
 */
final class SharedValues implements ShortForm.Namer {

    private static final int TOLD_TO_PRESUME = 2;

    /** So many fragments at the most are not understood when one gets lost; a guess: 4 bytes for each. */
    private static final int ID_TOLD_EVERY = 8;

    private static final int NAME_MASK = 0xff_ffff;

    /** A value, and whether the other knows it. */
    private static final class Shared {
        private final byte[] value;
        private final int name;
        private int told;
        private int lastTelling;
        private boolean came;

        private Shared(byte[] value, int name) {
            this.value = value;
            this.name = name;
        }
    }

    private final Shared[] values = new Shared[Limits.VALUES_SHARED_MAX];
    private final ShortForm.Visitor came = this::came;
    private final NextIdsTold nextIds = new NextIdsTold();
    private int size;
    private int nextName;
    private int telling;
    private boolean inFull;
    private boolean trusted;
    private boolean clean;
    private boolean asks;

    /** @param firstName where the names begin: nobody but the other can guess it, and who starts again begins elsewhere */
    SharedValues(int firstName) {
        nextName = firstName;
    }

    /** A packet has come there. */
    void came(Packet packet) {
        ShortForm.visit(packet, came);
        nextIds.came(packet);
    }

    private void came(byte[] bytes, int from, int length) {
        int place = find(bytes, from, length);
        if (place >= 0) {
            values[place].came = true;
        }
    }

    /** Something got lost, and with it, perhaps, what was told. */
    void doubt() {
        nextIds.doubt();
        for (int place = 0; place < size; place++) {
            values[place].told = 0;
        }
    }

    /** The other may have started again. */
    void forget() {
        doubt();
        nextIds.forget();
        for (int place = 0; place < size; place++) {
            values[place].came = false;
        }
    }

    /**
     * How a packet is told to the other, and counts as told from now on; null when there is no short form of it.
     *
     * @param again whether it has left more than once: perhaps it got lost since the other did not know a name
     * @param lineTrusted whether what the other is told may be taken for come
     * @param lineClean whether next to nothing gets lost: with one fragment all those after it would not be understood
     */
    ShortForm shortForm(CachedPacket packet, boolean again, boolean lineTrusted, boolean lineClean) {
        telling++;
        inFull = again;
        trusted = lineTrusted;
        clean = lineClean;
        asks = false;
        ShortForm shortForm = packet.isStamped() ? ShortForm.of(packet.packet(), this) : null;
        if (shortForm != null) {
            nextIds.told(packet.packet());
        }
        return shortForm;
    }

    /** Whether it is worth a question whether that comes, since what it tells is named from now on. */
    boolean asks() {
        return asks;
    }

    @Override
    public boolean isKnown(byte[] bytes, int from, int length) {
        Shared shared = use(bytes, from, length);
        if (shared.lastTelling == telling) {
            // The other learns it with the whole packet: in the same one it cannot be named.
            return false;
        }
        if (!inFull && (shared.came || trusted && shared.told >= TOLD_TO_PRESUME)) {
            return true;
        }
        shared.lastTelling = telling;
        shared.told++;
        asks |= !shared.came && shared.told == TOLD_TO_PRESUME;
        return false;
    }

    @Override
    public int name(byte[] bytes, int from, int length) {
        return use(bytes, from, length).name;
    }

    @Override
    public boolean isKnownAsNext(Packet fragment) {
        return !inFull && fragment.index() % ID_TOLD_EVERY != 0 && nextIds.isKnown(fragment, clean);
    }

    private Shared use(byte[] bytes, int from, int length) {
        int place = find(bytes, from, length);
        if (place < 0) {
            place = size < values.length ? size++ : size - 1;
            values[place] = new Shared(Arrays.copyOfRange(bytes, from, from + length), nextName++ & NAME_MASK);
        }
        Shared used = values[place];
        System.arraycopy(values, 0, values, 1, place);
        values[0] = used;
        return used;
    }

    private int find(byte[] bytes, int from, int length) {
        for (int place = 0; place < size; place++) {
            byte[] value = values[place].value;
            if (value.length == length && Arrays.equals(value, 0, length, bytes, from, from + length)) {
                return place;
            }
        }
        return -1;
    }
}
