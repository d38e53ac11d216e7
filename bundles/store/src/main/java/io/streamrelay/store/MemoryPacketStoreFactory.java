// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.PacketStoreFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Opens stores in memory, each with its epoch and its peers in a folder; a service, or by constructor in plain Java. */
@Component(service = PacketStoreFactory.class)
public final class MemoryPacketStoreFactory implements PacketStoreFactory {

    private final StoreLimits limits;
    private final Clock wallClock;

    @Activate
    public MemoryPacketStoreFactory() {
        this(StoreLimits.DEFAULT, Clock.systemUTC());
    }

    MemoryPacketStoreFactory(StoreLimits limits, Clock wallClock) {
        this.limits = limits;
        this.wallClock = wallClock;
    }

    /** {@inheritDoc} One caller at a time: of two for one folder, the second sees that the first has it. */
    @Override
    public synchronized PacketStore open(Path directory) throws IOException {
        StoreDirectory opened = StoreDirectory.open(directory);
        try {
            EpochFile epochs = EpochFile.open(opened.stateFile("epoch"), wallClock);
            PeersFile peers = new PeersFile(opened.stateFile("peers"));
            return MemoryPacketStore.open(opened, epochs, peers, limits);
        } catch (IOException e) {
            opened.close();
            throw new IOException("the store in " + directory + " cannot be read: " + e.getMessage(), e);
        }
    }
}
