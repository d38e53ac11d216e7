// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.streamrelay.api.crypto.SealException;
import io.streamrelay.api.crypto.Sealer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubclusterSealerTest {

    private static final byte[] SHARED_KEY = Vectors.hex("3c".repeat(32));
    private static final byte[] PLAINTEXT = "valve 7 closed".getBytes(UTF_8);

    private final ManualExecutor refiller = new ManualExecutor();
    private final AtomicInteger prepared = new AtomicInteger();
    private final SecureRandom random = new SecureRandom();
    private final Ed25519Key signingKey = new Ed25519Key(SHARED_KEY);
    private final BoxKeyPair subcluster = SealedBoxes.recipient(SHARED_KEY);
    private final SubclusterSealer sealer = new SubclusterSealer(signingKey, subcluster, countingPool());

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 864, 865, 100_000})
    void opensWhatItSealed(int length) throws SealException {
        byte[] plaintext = new byte[length];
        random.nextBytes(plaintext);

        byte[] sealed = sealer.seal(plaintext);

        assertEquals(length + Sealer.OVERHEAD_BYTES, sealed.length);
        assertArrayEquals(plaintext, sealer.open(sealed));
    }

    @Test
    void leavesThePlaintextAlone() {
        byte[] plaintext = PLAINTEXT.clone();
        sealer.seal(plaintext);
        assertArrayEquals(PLAINTEXT, plaintext);
    }

    @Test
    void leavesTheSealedBytesAlone() throws SealException {
        byte[] sealed = sealer.seal(PLAINTEXT);
        byte[] copy = sealed.clone();
        sealer.open(sealed);
        assertArrayEquals(copy, sealed);
    }

    @Test
    void sealsTheSameMessageDifferentlyEachTime() {
        assertFalse(Arrays.equals(sealer.seal(PLAINTEXT), sealer.seal(PLAINTEXT)));
    }

    @Test
    void sealsABurstWithoutCurveArithmeticForItsEphemerals() throws SealException {
        refiller.runAll();
        assertEquals(SubclusterSealer.POOL_CAPACITY, prepared.get());

        for (int i = 0; i < SubclusterSealer.POOL_CAPACITY / 2; i++) {
            assertArrayEquals(PLAINTEXT, sealer.open(sealer.seal(PLAINTEXT)));
        }
        assertEquals(SubclusterSealer.POOL_CAPACITY, prepared.get(), "within the pool");

        sealer.seal(PLAINTEXT);
        assertEquals(SubclusterSealer.POOL_CAPACITY + 2, prepared.get(), "beyond the pool");
    }

    @Test
    void refusesEveryTruncation() {
        byte[] sealed = sealer.seal(PLAINTEXT);
        for (int length = 0; length < sealed.length; length++) {
            assertRefused("outer box: ", Arrays.copyOf(sealed, length));
        }
    }

    @Test
    void refusesTrailingBytes() {
        byte[] sealed = sealer.seal(PLAINTEXT);
        assertRefused("outer box: authentication failed", Arrays.copyOf(sealed, sealed.length + 1));
    }

    /** Also the highest bit of the ephemeral key, which X25519 ignores: the nonce covers it. */
    @Test
    void refusesEveryFlippedBit() {
        byte[] sealed = sealer.seal(PLAINTEXT);
        for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
            byte[] flipped = sealed.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertRefused("outer box: ", flipped);
        }
    }

    @Test
    void refusesRandomBytes() {
        for (int length = 0; length < 400; length++) {
            byte[] noise = new byte[length];
            random.nextBytes(noise);
            assertRefused("outer box: ", noise);
        }
    }

    @Test
    void refusesAnOuterEphemeralKeyOfSmallOrder() {
        byte[] sealed = sealer.seal(PLAINTEXT);
        Arrays.fill(sealed, 0, 32, (byte) 0);
        assertRefused("outer box: the ephemeral key is of small order", sealed);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64})
    void refusesAnOuterBoxWithoutAnythingSigned(int length) {
        assertRefused(
                "outer box: " + length + " bytes inside leave nothing to be signed",
                SealedBoxes.seal(subcluster, new byte[length]));
    }

    /** Anyone can make boxes for a subcluster, whose public key is its id; only members can sign. */
    @Test
    void refusesAnOutsidersSignature() {
        byte[] inner = SealedBoxes.seal(subcluster, PLAINTEXT);
        byte[] signed = signed(new Ed25519Key(new byte[32]), inner);
        assertRefused("signature: not made with the subcluster's key", SealedBoxes.seal(subcluster, signed));
    }

    /** RFC 8032 makes one signature of a message; a signer that draws its nonce by chance makes others. */
    @Test
    void opensWhatWasSignedWithAnyNonce() throws SealException {
        byte[] inner = SealedBoxes.seal(subcluster, PLAINTEXT);
        byte[] signature = Signatures.withNonceOf(Vectors.hex("77".repeat(32)), SHARED_KEY, inner);
        byte[] signed = Arrays.copyOf(signature, 64 + inner.length);
        System.arraycopy(inner, 0, signed, 64, inner.length);

        assertFalse(Arrays.equals(signature, signingKey.sign(inner)));
        assertArrayEquals(PLAINTEXT, sealer.open(SealedBoxes.seal(subcluster, signed)));
    }

    @Test
    void refusesASignatureInWhichAnyByteIsChanged() {
        byte[] signed = signed(new Ed25519Key(SHARED_KEY), SealedBoxes.seal(subcluster, PLAINTEXT));
        for (int i = 0; i < 64; i++) {
            byte[] changed = signed.clone();
            changed[i] ^= 0x10;
            assertRefused("signature: not made with the subcluster's key", SealedBoxes.seal(subcluster, changed));
        }
    }

    @Test
    void refusesASignedInnerBoxThatIsTooShort() {
        byte[] signed = signed(new Ed25519Key(SHARED_KEY), new byte[47]);
        assertRefused("inner box: 47 bytes are fewer than 48", SealedBoxes.seal(subcluster, signed));
    }

    @Test
    void refusesASignedInnerBoxWithASmallOrderKey() {
        byte[] signed = signed(new Ed25519Key(SHARED_KEY), new byte[60]);
        assertRefused("inner box: the ephemeral key is of small order", SealedBoxes.seal(subcluster, signed));
    }

    @Test
    void refusesASignedInnerBoxForAnother() {
        byte[] inner = SealedBoxes.seal(SealedBoxes.recipient(new byte[32]), PLAINTEXT);
        byte[] signed = signed(new Ed25519Key(SHARED_KEY), inner);
        assertRefused("inner box: authentication failed", SealedBoxes.seal(subcluster, signed));
    }

    @Test
    void doesNotOpenAnotherSubclustersMessages() {
        SubclusterSealer other = SubclusterSealer.create(new byte[32], random, refiller);
        assertRefused("outer box: authentication failed", other.seal(PLAINTEXT));
    }

    @Test
    void refusesBothVerbsOnceClosed() {
        byte[] sealed = sealer.seal(PLAINTEXT);
        sealer.close();
        sealer.close();
        assertThrows(IllegalStateException.class, () -> sealer.seal(PLAINTEXT));
        assertThrows(IllegalStateException.class, () -> sealer.open(sealed));
    }

    @Test
    void stopsRefillingOnceClosed() {
        sealer.close();
        refiller.runAll();
        assertEquals(0, prepared.get());
    }

    @Test
    void wipesItsKeysWhenClosed() {
        byte[] box = SealedBoxes.seal(subcluster, PLAINTEXT);
        sealer.close();
        assertThrows(IllegalStateException.class, () -> signingKey.sign(PLAINTEXT));
        assertThrows(SealException.class, () -> subcluster.open(box, 0, "box"));
    }

    @Test
    void wipesItsEphemeralsOnceUsed() {
        byte[] innerKey = Vectors.hex("01".repeat(32));
        byte[] outerKey = Vectors.hex("02".repeat(32));
        sealer.seal(PLAINTEXT, ephemeral(innerKey), ephemeral(outerKey));
        assertArrayEquals(new byte[32], innerKey);
        assertArrayEquals(new byte[32], outerKey);
    }

    private EphemeralPool countingPool() {
        return new EphemeralPool(
                () -> {
                    prepared.incrementAndGet();
                    return subcluster.prepare(random);
                },
                refiller,
                SubclusterSealer.POOL_CAPACITY);
    }

    private static Ephemeral ephemeral(byte[] key) {
        return new Ephemeral(new byte[32], new SecretBox(key, new byte[24]));
    }

    private static byte[] signed(Ed25519Key key, byte[] message) {
        byte[] signed = Arrays.copyOf(key.sign(message), 64 + message.length);
        System.arraycopy(message, 0, signed, 64, message.length);
        return signed;
    }

    private void assertRefused(String beginning, byte[] sealed) {
        SealException e = assertThrows(SealException.class, () -> sealer.open(sealed));
        assertEquals(
                beginning,
                e.getMessage()
                        .substring(
                                0, Math.min(beginning.length(), e.getMessage().length())));
    }
}
