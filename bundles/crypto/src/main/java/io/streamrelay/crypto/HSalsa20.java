// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.engines.Salsa20Engine;
import org.bouncycastle.util.Pack;

/** HSalsa20 with a nonce of zeros: how libsodium turns the outcome of X25519 into a key for a box. */
final class HSalsa20 {

    private static final int ROUNDS = 20;

    /** "expand 32-byte k", the diagonal of Salsa20's matrix. */
    private static final int[] SIGMA = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};

    private HSalsa20() {}

    /**
     * Derives a box key.
     *
     * @param shared the 32 bytes of an X25519 agreement
     * @return 32 bytes
     */
    static byte[] deriveKey(byte[] shared) {
        int[] input = new int[16];
        for (int i = 0; i < SIGMA.length; i++) {
            input[5 * i] = SIGMA[i];
        }
        Pack.littleEndianToInt(shared, 0, input, 1, 4);
        Pack.littleEndianToInt(shared, 16, input, 11, 4);

        int[] core = new int[16];
        Salsa20Engine.salsaCore(ROUNDS, input, core);
        byte[] key = takeBackFeedForward(core, input);
        Arrays.fill(input, 0);
        Arrays.fill(core, 0);
        return key;
    }

    /** Salsa20's core adds its input at the end; HSalsa20 is what stands on the diagonal and in the middle before. */
    private static byte[] takeBackFeedForward(int[] core, int[] input) {
        byte[] key = new byte[32];
        for (int i = 0; i < 4; i++) {
            Pack.intToLittleEndian(core[5 * i] - input[5 * i], key, 4 * i);
            Pack.intToLittleEndian(core[6 + i] - input[6 + i], key, 16 + 4 * i);
        }
        return key;
    }
}
