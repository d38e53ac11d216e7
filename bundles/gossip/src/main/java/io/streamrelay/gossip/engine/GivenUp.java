// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.gossip.packet.Pong;

/** Contacts that were given up, whose answers may still be on their way: some lines take a minute. */
final class GivenUp {

    private record Lapsed(Contact contact, long ms) {}

    /** By what the answer has to repeat. */
    private final BoundedMap<String, Lapsed> contacts = new BoundedMap<>(Limits.GIVEN_UP_MAX);

    void put(Contact contact, long nowMs) {
        contacts.put(contact.pingId(), new Lapsed(contact, nowMs));
    }

    /** The contact that a pong answers; null when there is none. */
    Contact answeredBy(Path from, Pong pong, long nowMs) {
        Lapsed lapsed = pong.pingId() == null ? null : contacts.get(pong.pingId());
        boolean isAnswered =
                lapsed != null && lapsed.contact().path().equals(from) && nowMs - lapsed.ms() <= Timing.ANSWER_LATE_MS;
        return isAnswered ? lapsed.contact() : null;
    }

    /** It has been answered: what repeats the answer counts no more. */
    void remove(Contact contact) {
        contacts.remove(contact.pingId());
    }
}
