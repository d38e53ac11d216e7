// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.PacketStoreFactory;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Opens stores in memory, each with its epoch and its peers in a folder: for tests, and for whoever wants nothing else
 * on disk. What such a store has committed is lost with the process.
 */
public final class MemoryPacketStoreFactory implements PacketStoreFactory {

    private final StoreLimits limits;
    private final StoreClocks clocks;

    /** Opens stores with the default limits. */
    public MemoryPacketStoreFactory() {
        this(StoreLimits.DEFAULT, StoreClocks.SYSTEM);
    }

    MemoryPacketStoreFactory(StoreLimits limits, StoreClocks clocks) {
        this.limits = limits;
        this.clocks = clocks;
    }

    /** {@inheritDoc} One caller at a time: of two for one folder, the second sees that the first has it. */
    @Override
    public synchronized PacketStore open(Path directory) throws IOException {
        StoreFiles files = StoreFiles.open(directory, clocks.wall(), limits.peersInterval());
        return new MemoryPacketStore(files, limits, clocks.nanos());
    }
}
