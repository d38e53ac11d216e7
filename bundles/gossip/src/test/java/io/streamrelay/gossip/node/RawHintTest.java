// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RawHintTest {

    @Test
    void givesBackWhatWentIn() {
        RawHint hint = new RawHint(0xffff_fffeL, Long.MAX_VALUE);
        assertEquals(hint, RawHint.decode(hint.encode()));
    }

    @Test
    void passesOverWhatFollows() {
        assertEquals(new RawHint(1, 2), RawHint.decode(Arrays.copyOf(new RawHint(1, 2).encode(), 32)));
    }

    @Test
    void isNoneForAnythingElse() {
        assertNull(RawHint.decode(null));
        assertNull(RawHint.decode(new byte[1]));
        assertNull(RawHint.decode(new byte[32]));
        assertNull(RawHint.decode(Arrays.copyOf(new RawHint(1, 2).encode(), RawHint.BYTES - 1)));
        assertNull(RawHint.decode(new RawHint(1, 0).encode()));
        assertNull(RawHint.decode(new RawHint(1, -1).encode()));
    }
}
