// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.mqtt.Responsibility.Duty;
import io.streamrelay.mqtt.broker.MqttVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Seen by bridge "m", between "a" and "z". */
class ResponsibilityTest {

    private static final Announcement BOTH = announcement("ab", MqttVersion.FIVE, "t/# both");
    private static final long LATER = 100_000;

    private final Responsibility m = new Responsibility("m", BOTH);

    private static Announcement announcement(String subcluster, MqttVersion version, String... routes) {
        return new Announcement(
                Id.ofHex(subcluster.repeat(32)), version, Routes.parse("routes", List.of(routes), Format.ENVELOPE));
    }

    private Duty duty(long emittedMs) {
        return m.duty("t/x", "t/x", emittedMs);
    }

    @Test
    void worksAlone() {
        assertTrue(m.sends("t/x", "t/x"));
        assertEquals(Duty.PUBLISH, duty(0));
    }

    @Test
    void yieldsToALowerKeyAlone() {
        m.came("m", BOTH, 0);
        m.wasThere("z", BOTH, 0);
        assertTrue(m.sends("t/x", "t/x"));
        assertEquals(Duty.PUBLISH, duty(LATER));
        m.wasThere("a", BOTH, 0);
        assertFalse(m.sends("t/x", "t/x"));
        assertEquals(Duty.STAND_BY, duty(LATER));
    }

    @Test
    void takesOverWhenTheOtherGoes() {
        m.came("m", BOTH, 0);
        m.wasThere("a", BOTH, 0);
        m.went("a", 10);
        assertTrue(m.sends("t/x", "t/x"));
        assertEquals(Duty.PUBLISH, duty(LATER));
    }

    @Test
    void doesNotMindBridgesThatDoOtherThings() {
        m.came("m", BOTH, 0);
        m.wasThere("a", announcement("cd", MqttVersion.FIVE, "t/# both"), 0);
        m.wasThere("b", announcement("ab", MqttVersion.FIVE, "u/# both"), 0);
        m.wasThere("c", announcement("ab", MqttVersion.FIVE, "t/# both 1 \"\" elsewhere/"), 0);
        assertTrue(m.sends("t/x", "t/x"));
        assertEquals(Duty.PUBLISH, duty(LATER));
    }

    @Test
    void looksAtEachDirection() {
        m.came("m", BOTH, 0);
        m.wasThere("a", announcement("ab", MqttVersion.FIVE, "t/# out"), 0);
        assertFalse(m.sends("t/x", "t/x"));
        assertEquals(Duty.PUBLISH, duty(LATER));
    }

    @Test
    void leavesToOthersWhatCameWhileItWasAway() {
        m.came("m", BOTH, 0);
        m.wasThere("z", BOTH, 0);
        m.lost(10_000);
        m.went("m", 50_000);
        assertFalse(m.sends("t/x", "t/x"));
        m.came("m", BOTH, 60_000);
        assertTrue(m.sends("t/x", "t/x"));
        assertEquals(Duty.PUBLISH, duty(5_000), "emitted before it went");
        assertEquals(Duty.LEAVE, duty(30_000), "emitted while it was away");
        assertEquals(Duty.PUBLISH, duty(70_000), "emitted since");
    }

    @Test
    void wasNotAwayWhenNobodyNoticed() {
        m.came("m", BOTH, 0);
        m.wasThere("z", BOTH, 0);
        m.lost(10_000);
        m.came("m", BOTH, 60_000);
        assertEquals(Duty.PUBLISH, duty(30_000));
    }

    @Test
    void isNotSureAtTheMomentThatABetterOneComes() {
        m.came("m", BOTH, 0);
        m.came("a", BOTH, 50_000);
        assertEquals(Duty.PUBLISH, duty(50_000 - Responsibility.MARGIN_MS - 1));
        assertEquals(Duty.PUBLISH_UNLESS_SEEN, duty(50_000));
        assertEquals(Duty.STAND_BY, duty(50_000 + Responsibility.MARGIN_MS));
    }

    @Test
    void aNewcomerLeavesTheHistoryToWhoWasThere() {
        m.wasThere("z", BOTH, 0);
        m.came("m", BOTH, 50_000);
        assertEquals(Duty.LEAVE, duty(10_000));
        assertEquals(Duty.PUBLISH, duty(50_000));
    }

    @Test
    void theFirstOfNewcomersTakesTheHistory() {
        m.came("m", BOTH, 50_000);
        m.came("a", BOTH, 60_000);
        assertEquals(Duty.PUBLISH, duty(10_000));
    }

    @Test
    void isNotPresentForOthersUntilItsAnnouncementIsBack() {
        m.wasThere("z", BOTH, 0);
        assertFalse(m.sends("t/x", "t/x"));
        assertEquals(Duty.LEAVE, duty(LATER));
    }

    @Test
    void believesInSoManyBridgesOnly() {
        m.came("m", BOTH, 0);
        for (int i = 0; i < Responsibility.BRIDGES_MAX; i++) {
            m.wasThere("z" + i, BOTH, 0);
        }
        m.wasThere("a", BOTH, 0);
        assertTrue(m.sends("t/x", "t/x"));
    }

    @Test
    void givesUpWhoIsSilent() {
        m.came("m", BOTH, 0);
        m.wasThere("a", BOTH, 0);
        m.came("a", BOTH, 1000);
        assertFalse(m.giveUpSilent(1000 + Responsibility.SILENCE_MS));
        assertFalse(m.sends("t/x", "t/x"));
        assertTrue(m.giveUpSilent(1001 + Responsibility.SILENCE_MS));
        assertTrue(m.sends("t/x", "t/x"));
    }

    @Test
    void isPatientAfterATimeWithoutConnection() {
        m.wasThere("a", BOTH, 0);
        m.listenAgain(LATER * 10);
        assertFalse(m.giveUpSilent(LATER * 10 + Responsibility.SILENCE_MS));
    }

    @Test
    void knowsWhoCannotReadMarks() {
        assertFalse(m.othersAreBlind("t/x"));
        m.wasThere("z", announcement("ab", MqttVersion.FIVE, "t/# out"), 0);
        assertFalse(m.othersAreBlind("t/x"));
        m.wasThere("y", announcement("ab", MqttVersion.THREE, "t/# out"), 0);
        assertTrue(m.othersAreBlind("t/x"));
        assertFalse(m.othersAreBlind("u"));
    }

    @Test
    void knowsWhetherOthersSendAllThatItDoes() {
        assertFalse(m.othersSendAll());
        m.wasThere("z", announcement("ab", MqttVersion.FIVE, "t/# in"), 0);
        assertFalse(m.othersSendAll());
        m.wasThere("y", announcement("ab", MqttVersion.FIVE, "t/# out 0"), 0);
        assertTrue(m.othersSendAll());
    }
}
