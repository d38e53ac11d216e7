// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.gossip.packet.Pong;

/** Contacts that were given up, whose answers may still be on their way: some lines take a minute. */
final class GivenUp {

    private record Lapsed(Contact contact, long ms) {}

    private final BoundedMap<Path, Lapsed> contacts = new BoundedMap<>(Limits.GIVEN_UP_MAX);

    void put(Contact contact, long nowMs) {
        contacts.put(contact.path(), new Lapsed(contact, nowMs));
    }

    /** What a new contact there shall ask to be answered with, so that what is under way answers it; null for anything. */
    String pingId(Path path, long nowMs) {
        Contact contact = at(path, nowMs);
        return contact == null ? null : contact.pingId();
    }

    /** The contact that a pong answers, which is one no longer; null when there is none. */
    Contact answeredBy(Path from, Pong pong, long nowMs) {
        Contact contact = at(from, nowMs);
        return contact != null && contact.pingId().equals(pong.pingId()) ? contact : null;
    }

    private Contact at(Path path, long nowMs) {
        Lapsed lapsed = contacts.get(path);
        return lapsed == null || nowMs - lapsed.ms() > Timing.ANSWER_LATE_MS ? null : lapsed.contact();
    }
}
