// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A disk with an ext4, in a file, in the place of a folder, with what the folder had. Its power can be cut: then it has
 * what was forced to it or happened to be written, and what the kernel held back is gone.
 */
public final class LoopDisk implements AutoCloseable {

    private final Path folder;
    private int cuts;

    private LoopDisk(Path folder) {
        this.folder = folder;
    }

    /** Nobody may have a file of the folder open. */
    public static LoopDisk under(Path folder, int megabytes) throws IOException {
        LoopDisk disk = new LoopDisk(folder);
        Path content = folder.resolveSibling(folder.getFileName() + ".content");
        Files.move(folder, content);
        Files.createDirectory(folder);
        // What it begins with lies on it already, and not in the kernel.
        HostTool.run(
                "mkfs.ext4",
                "-q",
                "-b",
                "4096",
                "-d",
                content.toString(),
                disk.platters().toString(),
                megabytes + "M");
        disk.mount();
        return disk;
    }

    private Path platters() {
        return folder.resolveSibling(folder.getFileName() + ".disk-" + cuts);
    }

    private void mount() {
        HostTool.run("mount", "-o", "loop", platters().toString(), folder.toString());
    }

    private void unmount() {
        HostTool.run("umount", "--lazy", folder.toString());
    }

    /** From here on nothing reaches it, and who tries is told of an error. */
    public void cutPower() {
        HostTool.run("python3", Services.script("powercut.py"), folder.toString());
    }

    /** What it has is there again; nobody may have a file open. */
    public void powerUp() throws IOException {
        Path before = platters();
        unmount();
        cuts++;
        // A copy: whoever was started meanwhile, in other namespaces, may keep the one without power mounted.
        Files.copy(before, platters());
        Files.delete(before);
        mount();
    }

    @Override
    public void close() {
        unmount();
    }
}
