// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Refusal;
import java.util.TreeSet;

/**
 * The sequence numbers of what a node sends into a subcluster, from 1. The number of a refused message is free again
 * when no later one was used: receivers wait for a number that is missing. Thread-safe.
 */
final class SequenceNumbers {

    private final TreeSet<Long> refused = new TreeSet<>();
    private long last;

    synchronized long next() {
        return ++last;
    }

    /** The message of this number is on its way to others. */
    synchronized void used(long number) {
        refused.headSet(number).clear();
    }

    /** The message of this number was not taken. */
    synchronized void refused(long number, Refusal reason) {
        if (reason == Refusal.STORE_FAILED) {
            // It may be on disk all the same: two messages of one number would be taken for one.
            return;
        }
        refused.add(number);
        while (refused.remove(last)) {
            last--;
        }
    }
}
