// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Small files in one folder, for their owner alone; each is there whole or not at all, also after a loss of power. */
final class OwnerFiles {

    private static final String UNFINISHED = ".unfinished";
    private static final String DAMAGED = ".damaged";
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path folder;

    OwnerFiles(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder if it is missing, and says what is in it. */
    List<String> open() throws IOException {
        createFolder();
        List<String> names = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.forEach(file -> names.add(file.getFileName().toString()));
        }
        for (String name : names) {
            if (name.endsWith(UNFINISHED)) {
                Files.delete(folder.resolve(name));
            }
        }
        names.removeIf(name -> name.endsWith(UNFINISHED) || name.contains(DAMAGED));
        return names;
    }

    private void createFolder() throws IOException {
        Files.createDirectories(folder, ownerOnly("rwx------"));
    }

    /** Makes an empty file, and the folder, if it is missing. */
    void create(String name) throws IOException {
        createFolder();
        if (!Files.exists(folder.resolve(name))) {
            Files.createFile(folder.resolve(name), ownerOnly("rw-------"));
        }
    }

    byte[] read(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name));
    }

    /** When this returns, the file outlives a loss of power. */
    void write(String name, byte[] content) throws IOException {
        Path unfinished = folder.resolve(name + UNFINISHED);
        ByteBuffer bytes = ByteBuffer.wrap(content);
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try (FileChannel file = FileChannel.open(unfinished, options, ownerOnly("rw-------"))) {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
        rename(name + UNFINISHED, name);
        force();
    }

    /** When this returns, what was renamed and deleted stays so over a loss of power. */
    void force() throws IOException {
        if (POSIX) {
            try (FileChannel directory = FileChannel.open(folder)) {
                directory.force(true);
            }
        }
    }

    void rename(String name, String newName) throws IOException {
        Files.move(folder.resolve(name), folder.resolve(newName), StandardCopyOption.ATOMIC_MOVE);
    }

    void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    /** Keeps a file that cannot be read, under another name, and returns that. */
    String setAside(String name) throws IOException {
        String aside = nameAside(name);
        rename(name, aside);
        return aside;
    }

    /** Keeps content that cannot be read as a file of that name, as far as it is free. */
    String setAside(String name, byte[] content) throws IOException {
        String aside = nameAside(name);
        write(aside, content);
        return aside;
    }

    /** A free name for what is set aside. */
    String nameAside(String name) {
        String aside = name + DAMAGED;
        for (int n = 2; Files.exists(folder.resolve(aside)); n++) {
            aside = name + DAMAGED + "-" + n;
        }
        return aside;
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
