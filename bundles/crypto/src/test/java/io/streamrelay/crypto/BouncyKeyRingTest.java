// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.api.crypto.SigningKey;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BouncyKeyRingTest {

    private final BouncyKeyRing keyRing = new BouncyKeyRing();

    @Test
    void drawsAnotherRandomKeyEachTime() {
        byte[] key = keyRing.randomKey();
        assertEquals(32, key.length);
        assertFalse(Arrays.equals(key, keyRing.randomKey()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 64})
    void refusesKeysOfAnotherSize(int bytes) {
        byte[] key = new byte[bytes];
        assertEquals(
                "a shared key has 32 bytes, not " + bytes,
                assertThrows(IllegalArgumentException.class, () -> keyRing.sealer(key))
                        .getMessage());
        assertEquals(
                "a seed has 32 bytes, not " + bytes,
                assertThrows(IllegalArgumentException.class, () -> keyRing.signingKey(key))
                        .getMessage());
    }

    @Test
    void copiesTheSharedKey() throws Exception {
        byte[] sharedKey = keyRing.sharedKey("greetings");
        Sealer sealer = keyRing.sealer(sharedKey);
        Arrays.fill(sharedKey, (byte) 0);
        byte[] sealed = sealer.seal(new byte[5]);
        assertArrayEquals(
                new byte[5], keyRing.sealer(keyRing.sharedKey("greetings")).open(sealed));
    }

    @Test
    void verifiesItsOwnSignaturesOverTheWholeMessage() {
        SigningKey key = keyRing.signingKey(keyRing.randomKey());
        byte[] publicKey = key.publicKey().bytes();
        byte[] message = "m".repeat(100).getBytes(UTF_8);
        byte[] changed = message.clone();
        changed[0]++;
        byte[] signature = key.sign(message);

        assertTrue(keyRing.verify(message, signature, publicKey));
        assertFalse(keyRing.verify(changed, signature, publicKey));
        assertFalse(keyRing.verifyReference(message, signature, publicKey));
    }

    @Test
    void verifiesTheReferencesSignaturesFromThe64thByteOn() {
        SigningKey key = keyRing.signingKey(keyRing.randomKey());
        byte[] publicKey = key.publicKey().bytes();
        byte[] message = "m".repeat(100).getBytes(UTF_8);
        byte[] otherEnd = message.clone();
        otherEnd[64]++;
        byte[] signature = key.signReference(message);

        assertTrue(keyRing.verifyReference(message, signature, publicKey));
        assertFalse(keyRing.verifyReference(otherEnd, signature, publicKey));
        assertFalse(keyRing.verify(message, signature, publicKey));
    }

    @Test
    void verifiesNothingOfAnotherLength() {
        SigningKey key = keyRing.signingKey(keyRing.randomKey());
        byte[] publicKey = key.publicKey().bytes();
        byte[] message = new byte[0];
        byte[] signature = key.sign(message);
        for (int length : List.of(0, 1, 63, 65)) {
            assertFalse(keyRing.verify(message, Arrays.copyOf(signature, length), publicKey));
            assertFalse(keyRing.verifyReference(message, Arrays.copyOf(signature, length), publicKey));
        }
        for (int length : List.of(0, 31, 33)) {
            assertFalse(keyRing.verify(message, signature, Arrays.copyOf(publicKey, length)));
            assertFalse(keyRing.verifyReference(message, signature, Arrays.copyOf(publicKey, length)));
        }
    }

    @Test
    void sealsOnManyThreadsWithoutUsingAnEphemeralKeyTwice() {
        Sealer sealer = keyRing.sealer(keyRing.randomKey());
        int seals = 600;
        Set<String> ephemerals = ConcurrentHashMap.newKeySet();
        IntStream.range(0, seals).parallel().forEach(i -> {
            byte[] sealed = sealer.seal(new byte[i]);
            ephemerals.add(Vectors.hex(Arrays.copyOf(sealed, 32)));
        });
        assertEquals(seals, ephemerals.size());
    }

    @Test
    void leavesItsSealersUsableWhenItIsClosed() throws Exception {
        Sealer sealer = keyRing.sealer(keyRing.randomKey());
        keyRing.close();
        assertArrayEquals(new byte[3], sealer.open(sealer.seal(new byte[3])));
    }
}
