// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.osgi;

import io.streamrelay.api.SharedKey;
import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.gossip.node.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** The random keys of subclusters whose settings name none: each in a file that only its owner may read. */
final class KeyFiles {

    private final Path folder;
    private final KeyRing keys;

    /** @param dataDirectory the node's folder */
    KeyFiles(Path dataDirectory, KeyRing keys) {
        this.folder = dataDirectory.resolve("keys");
        this.keys = keys;
    }

    /** @throws ConfigurationException naming the file when it is damaged, or cannot be read or written */
    SharedKey loadOrCreate(String subcluster) {
        Path file = folder.resolve(subcluster + ".key");
        try {
            if (!Files.exists(file)) {
                PrivateFile.write(file, "hex:" + HexFormat.of().formatHex(keys.randomKey()) + "\n");
            }
            String text = Files.readString(file).strip();
            if (!text.startsWith("hex:")) {
                throw damaged(file);
            }
            return SharedKey.parse(text);
        } catch (IllegalArgumentException e) {
            throw damaged(file);
        } catch (IOException e) {
            throw new ConfigurationException("sharedKey", "the key file " + file + " cannot be used: " + e);
        }
    }

    private static ConfigurationException damaged(Path file) {
        return new ConfigurationException(
                "sharedKey", "the key file " + file + " is damaged: it should hold hex: and 64 hex digits");
    }
}
