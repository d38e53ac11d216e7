// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import java.util.List;

/**
 * The oracle: when a message can be somewhere at the earliest on a contact trace, whatever rule carries it. It is found
 * otherwise than {@link Routing}'s, by going from one contact's beginning to the next: who has it then reaches all whom a
 * chain of open contacts leads to, and between two beginnings nobody comes to reach more.
 */
final class EarliestArrival {

    private final ContactTrace trace;
    private final boolean[] reached;

    private EarliestArrival(ContactTrace trace, int source) {
        this.trace = trace;
        reached = new boolean[trace.nodes()];
        reached[source] = true;
    }

    /** In ms; {@link Routing#NEVER} when it cannot come. */
    static long of(ContactTrace trace, int source, int destination, long sentMs) {
        EarliestArrival scan = new EarliestArrival(trace, source);
        scan.spread(sentMs);
        long atMs = sentMs;
        for (ContactTrace.Contact contact : trace.contacts()) {
            if (!scan.reached[destination] && contact.fromMs() > atMs) {
                atMs = contact.fromMs();
                scan.spread(atMs);
            }
        }
        return scan.reached[destination] ? atMs : Routing.NEVER;
    }

    /** Along open contacts, until nobody is reached that was not. */
    private void spread(long atMs) {
        List<ContactTrace.Contact> open = trace.contacts().stream()
                .filter(contact -> contact.fromMs() <= atMs && atMs < contact.toMs())
                .toList();
        boolean more = true;
        while (more) {
            more = false;
            for (ContactTrace.Contact contact : open) {
                if (reached[contact.one()] != reached[contact.other()]) {
                    reached[contact.one()] = true;
                    reached[contact.other()] = true;
                    more = true;
                }
            }
        }
    }
}
