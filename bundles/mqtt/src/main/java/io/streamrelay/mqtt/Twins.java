// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Copies of messages of which each says that it came by two subscriptions. Artemis sends two of these, other brokers
 * one; which it is shows soon: most have a twin, or most have none.
 */
final class Twins {

    /** A twin comes at once, or not at all. Our own choice. */
    private static final long TOGETHER_MS = 250;

    private static final int FINGERPRINTS_MAX = 20_000;

    private final Map<Fingerprint, Long> waiting = new LinkedHashMap<>();
    private long pairs;
    private long singles;

    /** Whether this is the second of two. */
    boolean isSecond(Fingerprint fingerprint, long nowMs) {
        if (isLast(fingerprint, nowMs)) {
            return true;
        }
        waiting.put(fingerprint, nowMs);
        return false;
    }

    /** Whether this, which names one subscription, is the twin of one that named two before the other ended. */
    boolean isLast(Fingerprint fingerprint, long nowMs) {
        giveUp(nowMs);
        if (waiting.remove(fingerprint) == null) {
            return false;
        }
        pairs++;
        return !areRare();
    }

    /** Whether the broker seems to send one copy for all subscriptions. */
    boolean areRare() {
        return singles > pairs;
    }

    private void giveUp(long nowMs) {
        Iterator<Long> oldestFirst = waiting.values().iterator();
        while (oldestFirst.hasNext()) {
            if (nowMs - oldestFirst.next() <= TOGETHER_MS && waiting.size() < FINGERPRINTS_MAX) {
                return;
            }
            singles++;
            oldestFirst.remove();
        }
    }
}
