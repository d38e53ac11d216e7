// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class Blake2bTest {

    private static final byte[] ABC = "abc".getBytes(US_ASCII);

    /** RFC 7693 appendix A. */
    @Test
    void digestsTheExampleOfTheRfc() {
        assertEquals(
                "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                        + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923",
                Vectors.hex(Blake2b.digest(64, ABC)));
    }

    @Test
    void digestsPartsAsOneText() {
        assertArrayEquals(
                Blake2b.digest(24, ABC),
                Blake2b.digest(24, "a".getBytes(US_ASCII), new byte[0], "bc".getBytes(US_ASCII)));
    }
}
