// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.SubclusterInfo;
import java.util.concurrent.atomic.LongAdder;

/** How many messages have gone through one subcluster, and when the last did. Thread-safe. */
final class Traffic {

    private static final long NEVER = Long.MIN_VALUE;

    private final NodeClock clock;
    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();
    private volatile long lastMs = NEVER;

    Traffic(NodeClock clock) {
        this.clock = clock;
    }

    void sent() {
        sent.increment();
        lastMs = clock.now().monotonicMs();
    }

    void received() {
        received.increment();
        lastMs = clock.now().monotonicMs();
    }

    SubclusterInfo info(int formerKeys) {
        long last = lastMs;
        long quietMs = last == NEVER ? -1 : clock.now().monotonicMs() - last;
        return new SubclusterInfo(sent.sum(), received.sum(), quietMs, formerKeys);
    }
}
