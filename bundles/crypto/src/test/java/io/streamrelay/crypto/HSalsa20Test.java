// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HSalsa20Test {

    /** "Cryptography in NaCl" §8: from the shared secret of Alice and Bob to their first key. */
    @Test
    void derivesTheFirstKeyOfTheNaclPaper() {
        byte[] shared = Vectors.hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
        assertEquals(
                "1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389",
                Vectors.hex(HSalsa20.deriveKey(shared)));
    }
}
