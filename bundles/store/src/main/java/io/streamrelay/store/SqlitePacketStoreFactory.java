// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.PacketStoreFactory;
import java.io.IOException;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Opens stores on disk, each in its folder; a service, or by constructor in plain Java. */
@Component(service = PacketStoreFactory.class)
public final class SqlitePacketStoreFactory implements PacketStoreFactory {

    private final StoreLimits limits;
    private final DatabaseSettings settings;
    private final StoreClocks clocks;

    /** Opens stores with the default limits. */
    @Activate
    public SqlitePacketStoreFactory() {
        this(StoreLimits.DEFAULT, DatabaseSettings.DEFAULT, StoreClocks.SYSTEM);
    }

    SqlitePacketStoreFactory(StoreLimits limits, DatabaseSettings settings, StoreClocks clocks) {
        this.limits = limits;
        this.settings = settings;
        this.clocks = clocks;
    }

    /** {@inheritDoc} One caller at a time: of two for one folder, the second sees that the first has it. */
    @Override
    public synchronized PacketStore open(Path directory) throws IOException {
        LeftLibraries.ofThisHost().remove();
        StoreFiles files = StoreFiles.open(directory, clocks.wall(), limits.peersInterval());
        try {
            LoggedTransactions database =
                    new DatabaseOpener(new DatabaseFiles(files.folder()), settings, clocks, files.consumers()).open();
            return new SqlitePacketStore(files, database, openDesk(files, database));
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private CommitDesk openDesk(StoreFiles files, LoggedTransactions database) {
        StoreHealth health = new StoreHealth(files.folder(), clocks.nanos());
        Ledger ledger = new SqliteLedger(
                files.folder(), database, health, settings.groupInterval().toNanos());
        return CommitDesk.open(files, ledger, limits);
    }
}
