// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The page that says what a database is and where its tables begin. It is written more often than any other, so it is
 * the likeliest to be damaged; but it is the same in every store of one version, so another's can take its place.
 */
final class FirstPage {

    private static final int PAGE_COUNT_AT = 28;
    private static final int FREE_PAGES_AT = 32;
    private static final int FREE_PAGES_LENGTH = 8;

    private final byte[] page;

    private FirstPage(byte[] page) {
        this.page = page;
    }

    static FirstPage of(Path database) throws IOException {
        try (FileChannel channel = FileChannel.open(database, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(DatabaseSettings.PAGE_BYTES);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // The page comes in one piece, or in a few.
            }
            return new FirstPage(bytes.array());
        }
    }

    /** Writes itself over the first page of a damaged database, which is only read from then on. */
    void writeTo(Path damaged) throws IOException {
        try (FileChannel channel = FileChannel.open(damaged, StandardOpenOption.WRITE)) {
            int pages = Math.max(1, (int) (channel.size() / DatabaseSettings.PAGE_BYTES));
            ByteBuffer bytes = ByteBuffer.wrap(page.clone());
            bytes.putInt(PAGE_COUNT_AT, pages);
            bytes.put(FREE_PAGES_AT, new byte[FREE_PAGES_LENGTH]);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
