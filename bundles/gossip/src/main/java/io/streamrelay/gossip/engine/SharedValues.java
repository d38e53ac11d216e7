// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.ShortForm;

/**
 * The values that one of our own nodes is told the names of: those that it has said to have got, and, as long as nothing gets
 * lost, those that it was told twice: a large message has left before a receipt for its head can be here.
 */
final class SharedValues {

    private static final int TOLD_TO_PRESUME = 2;

    private final Vocabulary known = new Vocabulary(Limits.VALUES_SHARED_MAX);
    private final Vocabulary presumed = new Vocabulary(Limits.VALUES_SHARED_MAX);
    private BoundedMap<Integer, Integer> timesTold = new BoundedMap<>(Limits.VALUES_SHARED_MAX);

    /** A packet has come there. */
    void came(Packet packet) {
        known.learn(packet);
    }

    /** Something got lost, and with it, perhaps, what was told. */
    void doubt() {
        presumed.forget();
        timesTold = new BoundedMap<>(Limits.VALUES_SHARED_MAX);
    }

    /** The other may have started again. */
    void forget() {
        known.forget();
        doubt();
    }

    /**
     * How a packet is told to the other; null when there is no short form of it.
     *
     * @param trusted whether what it was told may be taken for come
     */
    ShortForm shortForm(CachedPacket packet, boolean trusted) {
        return packet.isStamped() ? ShortForm.of(packet.packet(), trusted ? this::isShared : known) : null;
    }

    private boolean isShared(byte[] bytes, int from, int length) {
        return known.isKnown(bytes, from, length) || presumed.isKnown(bytes, from, length);
    }

    /** A packet leaves that teaches; whether it is worth a question whether it comes, as its values are named from now on. */
    boolean left(Packet packet) {
        boolean[] presumes = {false};
        ShortForm.visit(packet, (bytes, from, length) -> {
            if (!isShared(bytes, from, length)) {
                presumes[0] |= told(bytes, from, length);
            }
        });
        return presumes[0];
    }

    private boolean told(byte[] bytes, int from, int length) {
        int name = ShortForm.name(bytes, from, length);
        int times = timesTold.getOrDefault(name, 0) + 1;
        timesTold.put(name, times);
        if (times >= TOLD_TO_PRESUME) {
            presumed.learn(bytes, from, length);
        }
        return times == TOLD_TO_PRESUME;
    }
}
