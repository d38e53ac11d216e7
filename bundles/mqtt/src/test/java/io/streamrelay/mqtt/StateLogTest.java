// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateLogTest {

    private static final String KIND = "too large";

    private final List<String> troubles = new ArrayList<>();
    private long nowMs;
    private final StateLog log = new StateLog("test", "nowhere", () -> nowMs, troubles::add);

    @Test
    void saysATroubleOnceInTenMinutesForEachThingThatItIsAbout() {
        assertTrue(log.troubleAbout(KIND, "a", "1 byte"));
        assertTrue(log.troubleAbout(KIND, "b", "2 bytes"));
        assertFalse(log.troubleAbout(KIND, "a", "3 bytes"));
        assertEquals(List.of("too large: a: 1 byte", "too large: b: 2 bytes", "too large: a: 3 bytes"), troubles);
        nowMs += StateLog.REPEAT_MS;
        assertTrue(log.troubleAbout(KIND, "a", "4 bytes"));
    }

    @Test
    void ofVeryManyThingsOnlySomeAreSaid() {
        int said = 0;
        for (int thing = 0; thing < 10_000; thing++) {
            said += log.troubleAbout(KIND, "about " + thing, "") ? 1 : 0;
        }
        assertEquals(StateLog.ABOUT_MAX + 1, said);
        nowMs += StateLog.REPEAT_MS;
        assertTrue(log.troubleAbout(KIND, "one more", ""), "what was said long ago takes no room");
    }
}
