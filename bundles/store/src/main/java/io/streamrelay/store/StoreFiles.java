// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * The folder of a store, and what every store keeps there in small files of its own. The epoch is not in the database,
 * so that no damage of that sets it back: peers take messages of a smaller epoch for old ones.
 */
record StoreFiles(StoreDirectory directory, EpochFile epochs, KnownPeers peers, ConsumersFile consumers)
        implements AutoCloseable {

    /** Takes hold of a folder; the message of what goes wrong names it. */
    static StoreFiles open(Path directory, Clock wallClock, Duration peersInterval) throws IOException {
        StoreDirectory opened = StoreDirectory.open(directory);
        try {
            EpochFile epochs = EpochFile.open(opened.stateFile("epoch"), wallClock);
            KnownPeers peers = KnownPeers.open(new PeersFile(opened.stateFile("peers")), peersInterval);
            return new StoreFiles(opened, epochs, peers, new ConsumersFile(opened.stateFile("consumers")));
        } catch (IOException e) {
            opened.close();
            throw unreadable(directory, e);
        }
    }

    static IOException unreadable(Path directory, IOException e) {
        return new IOException("the store in " + directory + " cannot be read: " + e.getMessage(), e);
    }

    Path folder() {
        return directory.path();
    }

    /**
     * A number higher than all before.
     *
     * @throws UncheckedIOException when it cannot be written
     * @throws IllegalStateException when the store is closed
     */
    long nextEpoch() {
        try {
            return epochs.next();
        } catch (IOException e) {
            throw new UncheckedIOException("the epoch cannot be written in " + folder(), e);
        }
    }

    @Override
    public void close() {
        epochs.close();
        directory.close();
    }
}
