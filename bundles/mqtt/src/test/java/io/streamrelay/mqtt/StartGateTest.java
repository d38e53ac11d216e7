// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.Id;
import io.streamrelay.mqtt.broker.MqttVersion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bridge "m" starts again beside "z", which it precedes, and gets what the broker kept for it. */
class StartGateTest {

    private static final Announcement BOTH = new Announcement(
            Id.ofHex("ab".repeat(32)), MqttVersion.FIVE, Routes.parse("routes", List.of("t both"), Format.ENVELOPE));

    private final Responsibility responsibility = new Responsibility("m", BOTH);
    private final StartGate gate = new StartGate("m", responsibility);
    private final List<String> sent = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();

    private void message(String name) {
        gate.pass(
                () -> {
                    if (responsibility.sends("t", "t")) {
                        sent.add(name);
                    }
                },
                () -> dropped.add(name));
    }

    @BeforeEach
    void holdsMessagesBack() {
        message("first");
        assertEquals(List.of(), sent);
    }

    @Test
    void sendsWhatCameBeforeItsOwnLastWillAndSinceItIsBack() {
        gate.went("m", 0);
        message("while away");
        gate.wasThere("z", BOTH, 0);
        gate.came("m", BOTH, 0);
        message("back");
        gate.open();
        message("live");
        assertEquals(List.of("first", "back", "live"), sent);
    }

    @Test
    void sendsWhatCameWhenNobodyElseWasThere() {
        gate.went("m", 0);
        gate.came("z", BOTH, 0);
        message("z was there");
        gate.went("z", 0);
        message("nobody was there");
        gate.came("m", BOTH, 0);
        gate.open();
        assertEquals(List.of("first", "nobody was there"), sent);
    }

    @Test
    void leavesToOthersWhatCameAfterAProperFarewell() {
        gate.wasThere("z", BOTH, 0);
        gate.came("m", BOTH, 0);
        message("back");
        gate.open();
        assertEquals(List.of("back"), sent);
    }

    @Test
    void dropsWhatTheBrokerWillSendAgain() {
        gate.lost();
        gate.open();
        assertEquals(List.of(), sent);
        assertEquals(List.of("first"), dropped);
    }
}
