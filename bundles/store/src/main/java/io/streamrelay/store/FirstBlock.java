// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The block that says what a database is and where its tables begin. It is written more often than any other, so it is
 * the likeliest to be damaged; but it is the same in every store of one {@link Layout}, so another's can take its place.
 */
final class FirstBlock {

    private static final int PAGE_COUNT_AT = 28;
    private static final int FREE_PAGES_AT = 32;
    private static final int FREE_PAGES_LENGTH = 8;

    private final Layout layout;
    private final byte[] block;

    private FirstBlock(Layout layout, byte[] block) {
        this.layout = layout;
        this.block = block;
    }

    /** The block of a database that has just been made, and is in its one file. */
    static FirstBlock of(Path database, Layout layout) throws IOException {
        try (FileChannel channel = FileChannel.open(database, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(Layout.BLOCK_BYTES);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // The block comes in one piece, or in a few.
            }
            return new FirstBlock(layout, bytes.array());
        }
    }

    /** Writes itself over the first block of a damaged database, which is only read from then on. */
    void writeTo(Path damaged) throws IOException {
        try (FileChannel channel = FileChannel.open(damaged, StandardOpenOption.WRITE)) {
            int pages = Math.max(1, (int) (channel.size() / layout.pageBytes()));
            ByteBuffer bytes = ByteBuffer.wrap(block.clone());
            bytes.putInt(PAGE_COUNT_AT, pages);
            bytes.put(FREE_PAGES_AT, new byte[FREE_PAGES_LENGTH]);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
