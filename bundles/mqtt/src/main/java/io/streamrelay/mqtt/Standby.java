// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.mqtt.broker.Fingerprint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Messages that another bridge is to publish, held until they have been seen on the broker. Each publication that is
 * seen lets one go. Lives on the bridge's thread.
 */
final class Standby {

    /** How long a message may take from the mesh to the broker by another bridge; then this one publishes it. */
    static final long PATIENCE_MS = 30_000;

    /** How long a publication is remembered that is seen before its message comes out of the mesh. */
    private static final long SEEN_MS = 60_000;

    private static final int SEEN_MAX = 20_000;

    private record Held(Inbound.Waiting message, Fingerprint fingerprint, long sinceMs) {}

    private final Fingerprints seen = new Fingerprints(SEEN_MS, SEEN_MAX);
    private final Deque<Held> held = new ArrayDeque<>();

    /** Waits until the message is seen, or lets it go when it has been. */
    void hold(Inbound.Waiting message, Fingerprint fingerprint, long nowMs) {
        if (seen.take(fingerprint, nowMs).isPresent()) {
            message.acknowledge();
        } else {
            held.addLast(new Held(message, fingerprint, nowMs));
        }
    }

    /** A publication of another bridge of this subcluster was seen on the broker. */
    void saw(Fingerprint fingerprint, long nowMs) {
        for (Iterator<Held> each = held.iterator(); each.hasNext(); ) {
            Held next = each.next();
            if (next.fingerprint.equals(fingerprint)) {
                each.remove();
                next.message.acknowledge();
                return;
            }
        }
        seen.add(fingerprint, List.of(), nowMs);
    }

    /** Whether a publication was seen that no message has come out of the mesh for; each counts once. */
    boolean hasSeen(Fingerprint fingerprint, long nowMs) {
        return seen.take(fingerprint, nowMs).isPresent();
    }

    /** Those that have waited long enough. */
    List<Inbound.Waiting> overdue(long nowMs) {
        List<Inbound.Waiting> overdue = new ArrayList<>();
        while (!held.isEmpty() && nowMs - held.peekFirst().sinceMs >= PATIENCE_MS) {
            overdue.add(held.removeFirst().message);
        }
        return overdue;
    }

    /** All of them, to be decided about again. */
    List<Inbound.Waiting> all() {
        List<Inbound.Waiting> all = held.stream().map(Held::message).toList();
        held.clear();
        return all;
    }
}
