// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SyncProgressTest {

    private static final long SHORTEST_MS = Timing.SYNC_PAUSE_KIN_MS;

    private final SyncProgress progress = new SyncProgress(SHORTEST_MS, Timing.SYNC_PAUSE_SAME_MAX_MS);

    private void compareInVain(int times) {
        for (int count = 0; count < times; count++) {
            progress.seen(1, 2);
            progress.begin();
            progress.answered();
            progress.useless();
        }
        progress.begin();
    }

    @Test
    void whatIsAsItWasIsComparedOnceAnHour() {
        compareInVain(20);
        assertEquals(Timing.SYNC_PAUSE_SAME_MAX_MS, progress.pauseMs());
        assertTrue(progress.isInVain());
    }

    @Test
    void whatHasChangedIsComparedWithinAMinute() {
        compareInVain(20);
        progress.seen(1, 3);
        assertEquals(Timing.SYNC_PAUSE_MAX_MS, progress.pauseMs());
        assertFalse(progress.isInVain());
        progress.begin();
        progress.seen(1, 3);
        assertEquals(Timing.SYNC_PAUSE_MAX_MS, progress.pauseMs());
    }

    @Test
    void whatMayHaveGotLostIsComparedWithinAMinute() {
        compareInVain(20);
        progress.unsettled();
        assertEquals(Timing.SYNC_PAUSE_MAX_MS, progress.pauseMs());
        assertFalse(progress.isInVain());
    }

    @Test
    void whoDoesNotAnswerIsComparedWithWithinAMinute() {
        for (int count = 0; count < 20; count++) {
            progress.seen(1, 2);
            progress.begin();
            progress.useless();
        }
        assertEquals(Timing.SYNC_PAUSE_MAX_MS, progress.pauseMs());
    }

    @Test
    void whatIsUsefulIsComparedAgainSoon() {
        compareInVain(20);
        progress.useful();
        progress.begin();
        assertEquals(SHORTEST_MS, progress.pauseMs());
    }
}
