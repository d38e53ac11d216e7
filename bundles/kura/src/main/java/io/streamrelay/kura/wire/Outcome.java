// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.wire;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs when publishing begins to fail and when it works again, not each time. Thread-safe. */
final class Outcome {

    private static final Logger LOG = LoggerFactory.getLogger(Outcome.class);

    private final String who;
    private final AtomicBoolean failing = new AtomicBoolean();

    Outcome(String who) {
        this.who = who;
    }

    void failed(String why) {
        if (failing.compareAndSet(false, true)) {
            LOG.error("{} does not publish what its wires bring: {}", who, why);
        }
    }

    void succeeded() {
        if (failing.compareAndSet(true, false)) {
            LOG.info("{} publishes again", who);
        }
    }
}
