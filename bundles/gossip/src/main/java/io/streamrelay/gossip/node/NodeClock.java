// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.gossip.engine.Now;

/** What time it is: the one place where a node reads a clock. Thread-safe. */
@FunctionalInterface
interface NodeClock {

    Now now();

    /** This host's clocks. */
    static NodeClock system() {
        return () -> new Now(System.nanoTime() / 1_000_000, System.currentTimeMillis());
    }
}
