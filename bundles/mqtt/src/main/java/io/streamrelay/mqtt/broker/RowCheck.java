// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** A row's checksum over its content and its key, for the flash below may change what it was given. */
final class RowCheck {

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

    RowCheck with(long value) {
        crc.update(number.clear().putLong(value).flip());
        return this;
    }

    /** @param bytes null is another thing than none */
    RowCheck with(byte[] bytes) {
        with(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            crc.update(bytes, 0, bytes.length);
        }
        return this;
    }

    RowCheck with(String text) {
        return with(text.getBytes(StandardCharsets.UTF_8));
    }

    int value() {
        return (int) crc.getValue();
    }

    /** @throws IOException when it is another one */
    void compare(int found) throws IOException {
        if (found != value()) {
            throw new IOException("its checksum is %08x, not %08x".formatted(found, value()));
        }
    }
}
