// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store's folder, locked against other processes and other factories until it is closed. */
final class StoreDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreDirectory.class);

    private final Path path;
    private final FileChannel lockFile;
    private final OwnerFile owner;

    private StoreDirectory(Path path, FileChannel lockFile, OwnerFile owner) {
        this.path = path;
        this.lockFile = lockFile;
        this.owner = owner;
    }

    /**
     * Creates the folder where needed and takes hold of it.
     *
     * @throws StoreInUseException when it is in use
     * @throws IOException when it cannot be used for another reason; the message names it
     */
    static StoreDirectory open(Path directory) throws IOException {
        try {
            Path path = Files.createDirectories(directory, Permissions.ownerOnlyFolder(directory))
                    .toRealPath();
            OwnerFile owner = new OwnerFile(path.resolve("owner"));
            if (owner.isThisProcess()) {
                throw new StoreInUseException(directory);
            }
            StoreDirectory opened = new StoreDirectory(path, lockedFile(path), owner);
            opened.markOwned();
            return opened;
        } catch (StoreInUseException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("the folder " + directory + " cannot be used for a store: " + e, e);
        }
    }

    private void markOwned() throws IOException {
        try {
            owner.write();
        } catch (IOException e) {
            lockFile.close();
            throw e;
        }
    }

    private static FileChannel lockedFile(Path path) throws IOException {
        FileChannel lockFile = FileChannel.open(
                path.resolve("lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                Permissions.ownerOnlyFile(path));
        try {
            if (lockFile.tryLock() != null) {
                return lockFile;
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("Another store factory of this process took {} at the same moment", path);
        } catch (IOException e) {
            lockFile.close();
            throw e;
        }
        lockFile.close();
        throw new StoreInUseException(path);
    }

    Path path() {
        return path;
    }

    StateFile stateFile(String name) {
        return new StateFile(path.resolve(name));
    }

    /** Lets go of the folder. The lock file stays: removing it could take it from under the next owner. */
    @Override
    public void close() {
        try (lockFile) {
            owner.remove();
        } catch (IOException e) {
            LOG.warn("The lock of {} could not be released properly", path, e);
        }
    }
}
