// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoredPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the peers now and then: each ping changes their order, and flash memory wears. Used by one thread. */
final class PeersSaver {

    private static final Logger LOG = LoggerFactory.getLogger(PeersSaver.class);

    private final PeersFile file;
    private final Supplier<List<StoredPeer>> peers;
    private final long intervalNanos;

    private List<StoredPeer> saved;
    private boolean changed;
    private boolean failing;
    private long lastTryNanos;

    /**
     * @param peers the peers as of now
     * @param saved the peers that are in the file
     * @param nowNanos the time of a monotonic clock
     */
    PeersSaver(
            PeersFile file,
            Supplier<List<StoredPeer>> peers,
            List<StoredPeer> saved,
            Duration interval,
            long nowNanos) {
        this.file = file;
        this.peers = peers;
        this.saved = saved;
        this.intervalNanos = interval.toNanos();
        this.lastTryNanos = nowNanos - intervalNanos;
    }

    void changed() {
        changed = true;
    }

    /** How long until {@link #saveIfDue} has something to do, in nanoseconds; 0 or less when it has now. */
    long waitNanos(long nowNanos) {
        return changed ? lastTryNanos + intervalNanos - nowNanos : Long.MAX_VALUE;
    }

    void saveIfDue(long nowNanos) {
        if (waitNanos(nowNanos) <= 0) {
            lastTryNanos = nowNanos;
            save();
        }
    }

    /** Writes the peers if they are others than those in the file. A failure is logged once and tried again. */
    void save() {
        List<StoredPeer> current = peers.get();
        try {
            if (!current.equals(saved)) {
                file.write(current);
                saved = current;
            }
            changed = false;
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn("The known peers cannot be written; this is tried again", e);
            }
            failing = true;
        }
    }
}
