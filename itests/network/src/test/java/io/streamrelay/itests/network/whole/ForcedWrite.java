// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** What the disk takes for what every commit ends with, at the pace of the messages whose latency is measured. */
final class ForcedWrite {

    private static final int WRITES = 200;
    private static final int BLOCK_BYTES = 4_096;
    /** As 100 messages a second have it. */
    private static final long PAUSE_MS = 10;

    private ForcedWrite() {}

    /** Milliseconds in the median, to append a block to a file in this folder and force it to the disk. */
    static double medianMs(Path folder) throws IOException, InterruptedException {
        Path file = Files.createTempFile(folder, "forced-write", null);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long[] tookNs = new long[WRITES];
            for (int i = 0; i < WRITES; i++) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
                long from = System.nanoTime();
                channel.write(ByteBuffer.allocate(BLOCK_BYTES));
                channel.force(false);
                tookNs[i] = System.nanoTime() - from;
            }
            Arrays.sort(tookNs);
            return tookNs[WRITES / 2] / 1e6;
        } finally {
            Files.delete(file);
        }
    }
}
