// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.ShortForm;

/** The values that one of our own nodes has said to have got from this one: it is told their names from then on. */
final class SharedValues {

    /** So often a value is told in full before it is asked whether it has come. A guess: what that costs 7 more save. */
    private static final int TOLD_IN_FULL = 3;

    private final Vocabulary known = new Vocabulary(Limits.VALUES_SHARED_MAX);
    private BoundedMap<Integer, Integer> timesTold = new BoundedMap<>(Limits.VALUES_SHARED_MAX);

    /** A packet has come there. */
    void came(Packet packet) {
        known.learn(packet);
    }

    /** The other may have started again. */
    void forget() {
        known.forget();
        timesTold = new BoundedMap<>(Limits.VALUES_SHARED_MAX);
    }

    /** How a packet is told to the other; null when there is no short form of it. */
    ShortForm shortForm(CachedPacket packet) {
        return packet.isStamped() ? ShortForm.of(packet.packet(), known) : null;
    }

    /** A packet leaves; whether it is worth a question whether it comes, since it repeats what could have had a name. */
    boolean left(Packet packet) {
        boolean[] often = {false};
        ShortForm.visit(packet, (bytes, from, length) -> {
            if (length == Id.BYTES && !known.isKnown(bytes, from, length)) {
                int name = ShortForm.name(bytes, from, length);
                int times = timesTold.getOrDefault(name, 0) + 1;
                timesTold.put(name, times);
                often[0] |= times == TOLD_IN_FULL;
            }
        });
        return often[0];
    }
}
