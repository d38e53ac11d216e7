// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.crypto.BouncyKeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityFileTest {

    private final KeyRing keys = new BouncyKeyRing();

    @TempDir
    Path folder;

    @Test
    void keepsTheIdentityThatItMade() throws IOException {
        Identity made = IdentityFile.in(folder.resolve("new")).loadOrCreate(keys);
        Identity loaded = IdentityFile.in(folder.resolve("new")).loadOrCreate(keys);
        assertEquals(made.peerId(), loaded.peerId());
        assertEquals(made.senderKey(), loaded.senderKey());
    }

    @Test
    void derivesThePeerIdFromTheSigningKey() throws IOException {
        Identity identity = IdentityFile.in(folder).loadOrCreate(keys);
        assertEquals(Identity.sha256(identity.senderKey().bytes()), identity.peerId());
    }

    @Test
    void letsOnlyItsOwnerRead() throws IOException {
        IdentityFile.in(folder).loadOrCreate(keys);
        assertEquals(
                PosixFilePermissions.fromString("rw-------"),
                Files.getPosixFilePermissions(folder.resolve(IdentityFile.NAME)));
    }

    @Test
    void leavesNothingElseBehind() throws IOException {
        IdentityFile.in(folder).loadOrCreate(keys);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void refusesADamagedFileAndLeavesIt() throws IOException {
        Path file = folder.resolve(IdentityFile.NAME);
        IdentityFile.in(folder).loadOrCreate(keys);
        String good = Files.readString(file);
        int seedAt = good.indexOf("seed=") + 5;
        char other = good.charAt(seedAt) == '0' ? '1' : '0';
        for (String bad : new String[] {
            "", good.substring(0, good.length() / 2), good.substring(0, seedAt) + other + good.substring(seedAt + 1)
        }) {
            Files.writeString(file, bad);
            IOException refusal = assertThrows(
                    IOException.class, () -> IdentityFile.in(folder).loadOrCreate(keys));
            assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
            assertEquals(bad, Files.readString(file));
        }
    }

    @Test
    void doesNotShowTheSeed() throws IOException {
        Identity identity = IdentityFile.in(folder).loadOrCreate(keys);
        String seed = Files.readString(folder.resolve(IdentityFile.NAME)).replaceAll("(?s).*seed=(\\w+).*", "$1");
        assertTrue(!identity.toString().contains(seed));
    }
}
