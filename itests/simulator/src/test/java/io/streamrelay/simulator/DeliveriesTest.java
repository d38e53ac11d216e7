// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveriesTest {

    private final TestWorld world = new TestWorld();
    private final Deliveries deliveries = new Deliveries(world.messages);
    private final List<VirtualNode> nodes = List.of(world.sender, world.receiver);

    @Test
    void messageThatNobodyAnsweredForIsOwed() {
        Message message = world.publish();
        assertEquals(List.of(message + " was neither accepted nor refused"), deliveries.missing(nodes));
    }

    @Test
    void refusedMessageIsOwed() {
        Message message = world.publish();
        deliveries.refused(world.sender, message, Refusal.BUSY);
        assertEquals(List.of(message + " was refused: BUSY"), deliveries.missing(nodes));
    }

    @Test
    void unansweredMessageGoesDownWithItsSenderButAnAcceptedOneDoesNot() {
        world.publish();
        Message accepted = world.publish();
        deliveries.accepted(world.sender, accepted);
        deliveries.stopped(world.sender);
        world.receiver.subscribe(accepted.subcluster());
        world.receiver.start();
        assertEquals(1, deliveries.missing(nodes).size());
        assertTrue(deliveries.missing(nodes).get(0).startsWith(accepted.toString()));
    }

    @Test
    void countsEachReceiverOnceAndTellsTheTimeToTheLast() {
        Message message = world.publish();
        deliveries.accepted(world.sender, message);
        deliveries.delivered(world.receiver, TestWorld.delivery(message));
        deliveries.delivered(world.receiver, new Delivery(message, MessageBook.id("late"), 0, 1, 99));
        assertEquals(1, deliveries.count());
        assertArrayEquals(new long[] {10}, deliveries.reachTimesMs());
    }

    @Test
    void emptiedDiskOwesItsNextEngineEverythingAgain() {
        Message message = world.publish();
        deliveries.accepted(world.sender, message);
        deliveries.delivered(world.receiver, TestWorld.delivery(message));
        deliveries.wiped(world.receiver);
        world.receiver.subscribe(message.subcluster());
        world.receiver.start();
        assertEquals(1, deliveries.missing(nodes).size());
    }
}
