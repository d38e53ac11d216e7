// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.streamrelay.api.Id;
import org.junit.jupiter.api.Test;

class AddresseeCheckTest {

    private static final Id ALL = MessageBook.id("all");

    private final TestWorld world = new TestWorld();
    private final AddresseeCheck check = new AddresseeCheck();
    private final Delivery delivery = TestWorld.delivery(world.publish());

    @Test
    void failsWhereNobodySubscribed() {
        assertThrows(Violation.class, () -> check.delivered(world.receiver, delivery));
        world.receiver.subscribe(ALL);
        assertDoesNotThrow(() -> check.delivered(world.receiver, delivery));
        world.receiver.unsubscribe(ALL);
        assertThrows(Violation.class, () -> check.delivered(world.receiver, delivery));
    }

    @Test
    void failsAtTheSenderUnlessItsDiskWasEmptied() {
        world.sender.subscribe(ALL);
        assertThrows(Violation.class, () -> check.delivered(world.sender, delivery));
        world.sender.wipe();
        assertDoesNotThrow(() -> check.delivered(world.sender, delivery));
    }

    @Test
    void passesAnOwnMessageThatComesBackAfterItsLifetime() {
        world.sender.subscribe(ALL);
        Message message = delivery.message();
        Delivery late = new Delivery(message, delivery.packetId(), 0, 1, message.sentMs() + MessageBook.LIFETIME_MS);
        assertDoesNotThrow(() -> check.delivered(world.sender, late));
    }

    @Test
    void failsWhereAStreamWasNotMeantFor() {
        Delivery stream = TestWorld.delivery(world.messages.write(5, 0, ALL, 100, 0));
        world.receiver.subscribe(ALL);
        world.sender.subscribe(ALL);
        assertThrows(Violation.class, () -> check.delivered(world.receiver, stream));
        assertDoesNotThrow(() -> check.delivered(world.sender, stream));
    }
}
