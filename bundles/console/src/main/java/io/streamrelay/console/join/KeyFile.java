// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.join;

import io.streamrelay.api.SharedKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Where an invitation's key is kept: a file whose name tells two keys apart without telling either. */
record KeyFile(Path path, SharedKey key) {

    private static final int DIGEST_BYTES = 4;

    /** @param dataDirectory the node's folder */
    static KeyFile of(Path dataDirectory, String subcluster, SharedKey key) {
        String name = subcluster + "-" + digest(key.bytes()) + ".key";
        return new KeyFile(dataDirectory.toAbsolutePath().resolve("keys").resolve(name), key);
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What a configuration says to lead there. */
    String setting() {
        return "file:" + path;
    }

    void write() throws IOException {
        String content = "hex:" + HexFormat.of().formatHex(key.bytes()) + "\n";
        if (!Files.exists(path) || !Files.readString(path).equals(content)) {
            OwnerFile.write(path, content, StandardCharsets.US_ASCII);
        }
    }
}
