// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.osgi;

import io.streamrelay.api.config.Settings;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries settings again for which there is no node yet: whoever has the port may end, and the disk may be mounted later.
 * Used by one thread.
 */
final class Retries {

    /** The first pause; each one is twice as long as the one before. A guess: a process that ends. */
    static final long FIRST_PAUSE_MS = 1_000;

    /** A guess: the log gets a line a minute. */
    static final long PAUSE_MAX_MS = 60_000;

    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

    private final Predicate<Settings> applied;
    private final ObjLongConsumer<Runnable> later;
    private Settings wanted;
    private long pauseMs;

    /**
     * @param applied applies settings; false when that may work later
     * @param later has a task done after so many milliseconds, by the same thread
     */
    Retries(Predicate<Settings> applied, ObjLongConsumer<Runnable> later) {
        this.applied = applied;
        this.later = later;
    }

    /** Has these settings applied; what is tried of others ends. */
    void apply(Settings settings) {
        wanted = settings;
        pauseMs = FIRST_PAUSE_MS;
        attempt(settings);
    }

    private void attempt(Settings settings) {
        if (settings == wanted && !applied.test(settings)) {
            LOG.info("the next try to start follows in {} s", pauseMs / 1_000);
            later.accept(() -> attempt(settings), pauseMs);
            pauseMs = Math.min(2 * pauseMs, PAUSE_MAX_MS);
        }
    }
}
