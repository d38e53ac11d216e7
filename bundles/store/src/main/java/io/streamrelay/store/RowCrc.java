// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The checksum that a row carries over its content, for the file system and the flash below it may change what they
 * were given. It covers the row's key, so that a row that turns up in another place is noticed, too.
 */
final class RowCrc {

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

    RowCrc with(long value) {
        crc.update(number.clear().putLong(value).flip());
        return this;
    }

    /** Counts the length in, so that two neighbours cannot exchange bytes unnoticed. */
    RowCrc with(byte[] bytes) {
        with(bytes.length);
        crc.update(bytes, 0, bytes.length);
        return this;
    }

    RowCrc with(String text) {
        return with(text.getBytes(StandardCharsets.UTF_8));
    }

    int value() {
        return (int) crc.getValue();
    }
}
