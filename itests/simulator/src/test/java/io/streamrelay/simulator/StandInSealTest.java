// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.streamrelay.api.Id;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StandInSealTest {

    private static final Id SUBCLUSTER = MessageBook.id("ours");
    private final byte[] plaintext = {1, 2, 3};
    private final byte[] sealed = StandInSeal.seal(SUBCLUSTER, plaintext, new SplittableRandom(1));

    @Test
    void addsAsMuchAsTheRealOneAndOpensAgain() {
        assertEquals(plaintext.length + 160, sealed.length);
        assertArrayEquals(plaintext, StandInSeal.open(SUBCLUSTER, sealed));
    }

    @Test
    void doesNotOpenForAnotherSubcluster() {
        assertThrows(Violation.class, () -> StandInSeal.open(MessageBook.id("theirs"), sealed));
    }

    @Test
    void doesNotOpenWhatWasChanged() {
        sealed[sealed.length - 1]++;
        assertThrows(Violation.class, () -> StandInSeal.open(SUBCLUSTER, sealed));
    }
}
