// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BufferGrantTest {

    private static final int WANTED = 4 << 20;

    @Test
    void namesTheFiguresAndNothingElseWhenTheGrantIsGood() {
        String text = new BufferGrant(WANTED, WANTED, WANTED).describe();

        assertTrue(text.contains("4,194,304"), text);
        assertFalse(text.contains("sysctl"), text);
    }

    @Test
    void hintsAtTheKernelSettingWhenTheGrantIsMuchLess() {
        String text = new BufferGrant(WANTED, 212_992, 212_992).describe();

        assertTrue(text.contains("212,992"), text);
        assertTrue(text.contains("net.core.rmem_max=4194304"), text);
    }

    @Test
    void isOneLine() {
        assertFalse(new BufferGrant(WANTED, 1, 1).describe().contains("\n"));
    }
}
