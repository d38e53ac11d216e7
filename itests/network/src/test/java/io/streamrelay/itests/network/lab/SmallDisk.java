// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small disk, in memory, in the place of a folder, with what the folder had; it can be filled to the last byte. */
public final class SmallDisk implements AutoCloseable {

    private static final int PIECE_BYTES = 4_096;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Nobody may have a file of the folder open. */
    public static SmallDisk under(Path folder, int megabytes) throws IOException {
        Path content = folder.resolveSibling(folder.getFileName() + ".content");
        Files.move(folder, content);
        Files.createDirectory(folder);
        HostTool.run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m,mode=0700", "tmpfs", folder.toString());
        SmallDisk disk = new SmallDisk(folder);
        HostTool.run("cp", "-a", content + "/.", folder.toString());
        return disk;
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    /** Until nothing more can be written. */
    public void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (true) {
                out.write(new byte[PIECE_BYTES]);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }

    /** Gives the room back. */
    public void empty() throws IOException {
        Files.delete(filler());
    }

    @Override
    public void close() {
        HostTool.run("umount", "--lazy", folder.toString());
    }
}
