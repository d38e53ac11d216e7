// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** What new files and folders are created with: for their owner alone, where the file system knows owners. */
final class Permissions {

    private static final FileAttribute<?>[] NONE = {};

    private Permissions() {}

    static FileAttribute<?>[] ownerOnlyFolder(Path folder) {
        return posix(folder, "rwx------");
    }

    static FileAttribute<?>[] ownerOnlyFile(Path file) {
        return posix(file, "rw-------");
    }

    private static FileAttribute<?>[] posix(Path path, String permissions) {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return NONE;
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }
}
