// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the store can be written. Says so once when it no longer can, and once when it can again and has gone on so
 * for a while: on a disk that is nearly full some commits pass and others do not. One thread reports, anybody asks.
 */
final class StoreHealth {

    private static final Logger LOG = LoggerFactory.getLogger(StoreHealth.class);

    /** How long it has to go well before it is said to; longer than some failures are apart. */
    static final long WELL_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Path folder;
    private final LongSupplier nanos;
    private volatile boolean failing;
    private boolean announced;
    private SQLException cause;
    private long sinceNanos;
    private long probedNanos;

    /** @param nanos a monotonic clock */
    StoreHealth(Path folder, LongSupplier nanos) {
        this.folder = folder;
        this.nanos = nanos;
    }

    /** Something could not be written. */
    void failed(SQLException e) {
        if (!failing) {
            probed();
        }
        failing = true;
        cause = e;
        sinceNanos = nanos.getAsLong();
        if (!announced) {
            announced = true;
            LOG.warn(
                    "the store in {} cannot be written ({}): messages are relayed but not accepted; {}",
                    folder,
                    e.getMessage(),
                    SqlError.isWantOfRoom(e) ? "free some room" : "look at its disk");
            LOG.debug("The first failure was", e);
        }
    }

    /** It is tried whether it can be written again. */
    void probed() {
        probedNanos = nanos.getAsLong();
    }

    /** How long ago that was tried, or since it fails. */
    long unprobedNanos() {
        return nanos.getAsLong() - probedNanos;
    }

    /** Something new was written. */
    void worked() {
        if (failing) {
            failing = false;
            sinceNanos = nanos.getAsLong();
        }
    }

    /** Says that it can be written again when that is so. */
    void settle() {
        if (isRecovering() && ageNanos() >= WELL_NANOS) {
            announced = false;
            LOG.info("the store in {} can be written again", folder);
        }
    }

    boolean isFailing() {
        return failing;
    }

    /** Whether it works, and that has not been said yet. */
    boolean isRecovering() {
        return announced && !failing;
    }

    /** How long ago the last failure was or, after it, the first success. */
    long ageNanos() {
        return nanos.getAsLong() - sinceNanos;
    }

    /** The last failure. */
    SQLException cause() {
        return cause;
    }
}
