// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The highest epoch that was ever given out, as a file. Thread-safe. */
final class EpochFile {

    private static final Logger LOG = LoggerFactory.getLogger(EpochFile.class);

    /**
     * The least epoch after a damage: 2027-01-15 in seconds since 1970. Above what counting from 1 can reach, for
     * gateways whose clock starts in 1970, and below 2^32, as the wire has room for 32 bits.
     */
    static final long FLOOR_AFTER_DAMAGE = 1_800_000_000L;

    /** How much higher each further damage begins where the clock is no help: more restarts than a gateway sees. */
    static final long STEP_AFTER_DAMAGE = 100_000L;

    private final StateFile file;
    private long highest;
    private boolean closed;

    private EpochFile(StateFile file, long highest) {
        this.file = file;
        this.highest = highest;
    }

    /**
     * Reads the file. A damaged one is kept under another name, and the epochs go on at the wall clock's seconds: far
     * above the number of restarts that the file had counted, and above all that an earlier damage led to.
     *
     * @throws IOException when it cannot be read or written
     */
    static EpochFile open(StateFile file, Clock wallClock) throws IOException {
        try {
            Optional<List<String>> lines = file.read();
            return new EpochFile(file, lines.isEmpty() ? 0 : parse(lines.get(), file));
        } catch (DamagedFileException e) {
            int n = file.copyAside();
            long floor = Math.max(wallClock.instant().getEpochSecond(), FLOOR_AFTER_DAMAGE + n * STEP_AFTER_DAMAGE);
            LOG.warn("{}; it is kept as {}, epochs go on after {}", e.getMessage(), file.damaged(n), floor);
            EpochFile epochs = new EpochFile(file, floor);
            epochs.write(floor);
            return epochs;
        }
    }

    private static long parse(List<String> lines, StateFile file) throws DamagedFileException {
        if (lines.size() == 1 && lines.get(0).matches("[1-9][0-9]{0,17}")) {
            return Long.parseLong(lines.get(0));
        }
        throw new DamagedFileException(file.path() + " does not hold one number");
    }

    /**
     * A number higher than all before; on disk when this returns.
     *
     * @throws IllegalStateException after {@link #close}
     */
    synchronized long next() throws IOException {
        if (closed) {
            throw new IllegalStateException("no epochs from a store that is closed: " + file.path());
        }
        write(highest + 1);
        highest++;
        return highest;
    }

    /** Writes no more: from now on the file may have another owner. */
    synchronized void close() {
        closed = true;
    }

    private void write(long epoch) throws IOException {
        List<String> lines = List.of(Long.toString(epoch));
        try {
            file.write(lines);
        } catch (IOException e) {
            // On a disk without a byte left a gateway is to start all the same.
            if (!file.overwrite(lines)) {
                throw e;
            }
            LOG.debug("There is no room for another file beside {}", file.path(), e);
        }
    }
}
