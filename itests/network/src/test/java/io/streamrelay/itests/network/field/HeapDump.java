// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the heap of a gateway's process to a file, with what the collector has not taken yet. */
final class HeapDump {

    private HeapDump() {}

    static Path of(PlainGateway gateway, Path file) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(gateway.pid()),
                        "GC.heap_dump",
                        "-all",
                        file.toAbsolutePath().toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0 || !Files.exists(file)) {
            throw new IOException("no heap of process " + gateway.pid() + ": " + said);
        }
        return file;
    }
}
