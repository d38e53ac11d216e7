// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelDropsTest {

    private static final InetSocketAddress MAIN = new InetSocketAddress("127.0.0.1", 19777);
    private static final InetSocketAddress PROBE = new InetSocketAddress("127.0.0.1", 8080);
    private static final InetSocketAddress OTHER = new InetSocketAddress("127.0.0.2", 19777);

    @TempDir
    Path folder;

    @Test
    void addsUpTheDropsOfItsOwnSockets() throws IOException {
        KernelDrops drops = new KernelDrops(
                table(row(MAIN, 5) + row(OTHER, 100) + row(PROBE, 7)),
                Set.of(KernelDrops.asInTable(MAIN), KernelDrops.asInTable(PROBE)));

        assertEquals(OptionalLong.of(12), drops.now());
    }

    @Test
    void ignoresLinesOfAnotherShape() throws IOException {
        KernelDrops drops = new KernelDrops(table("\n1: only four columns\n"), Set.of(KernelDrops.asInTable(MAIN)));

        assertEquals(OptionalLong.of(0), drops.now());
    }

    @Test
    void knowsNothingWhereTheSystemHasNoTable() {
        KernelDrops drops = new KernelDrops(folder.resolve("missing"), Set.of());

        assertEquals(OptionalLong.empty(), drops.now());
    }

    private Path table(String rows) throws IOException {
        String header = "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt"
                + "   uid  timeout inode ref pointer drops\n";
        return Files.writeString(folder.resolve("udp"), header + rows);
    }

    private static String row(InetSocketAddress local, int drops) {
        return "  733: " + KernelDrops.asInTable(local)
                + " 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 3862 2 0000000000000000 "
                + drops + "\n";
    }
}
