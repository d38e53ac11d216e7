// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.crypto.KeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The file that keeps a node's identity: created once, readable by its owner only. A damaged file is refused: with a
 * new identity the gateway would be a stranger to everybody who trusts its old one.
 */
public final class IdentityFile {

    /** The file's name in a node's folder. */
    public static final String NAME = "identity";

    private static final String HEADER = "# Streamrelay identity, version 1. Whoever has this file is this node.";
    private static final int CHECK_DIGITS = 8;

    private final Path file;

    public IdentityFile(Path file) {
        this.file = file;
    }

    /** The identity file in a node's folder. */
    public static IdentityFile in(Path directory) {
        return new IdentityFile(directory.resolve(NAME));
    }

    /**
     * Loads the identity, or creates it when there is no file.
     *
     * @throws IOException when the file is damaged, or cannot be read or written; the message names it
     */
    public Identity loadOrCreate(KeyRing keys) throws IOException {
        byte[] seed = Files.exists(file) ? read() : create(keys);
        try {
            return Identity.ofSeed(keys, seed);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    private byte[] create(KeyRing keys) throws IOException {
        byte[] seed = keys.randomKey();
        String digits = HexFormat.of().formatHex(seed);
        PrivateFile.write(file, HEADER + "\nseed=" + digits + "\ncheck=" + check(seed) + "\n");
        return seed;
    }

    private byte[] read() throws IOException {
        List<String> lines = Files.readAllLines(file).stream()
                .map(String::trim)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (lines.size() != 2
                || !lines.get(0).matches("seed=[0-9a-f]{64}")
                || !lines.get(1).startsWith("check=")) {
            throw damaged();
        }
        byte[] seed = HexFormat.of().parseHex(lines.get(0).substring("seed=".length()));
        if (!lines.get(1).equals("check=" + check(seed))) {
            throw damaged();
        }
        return seed;
    }

    private IOException damaged() {
        return new IOException(
                "the identity file " + file + " is damaged; restore it from a backup, or delete it to let"
                        + " this node begin as a new peer that nobody knows");
    }

    private static String check(byte[] seed) {
        Id digest = Identity.sha256(seed);
        return Identity.sha256(digest.bytes()).hex().substring(0, CHECK_DIGITS);
    }
}
