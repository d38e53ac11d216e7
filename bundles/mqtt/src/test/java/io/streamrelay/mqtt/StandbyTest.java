// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Interest;
import io.streamrelay.mqtt.Inbound.Waiting;
import io.streamrelay.mqtt.broker.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StandbyTest {

    private static final Fingerprint READING = Fingerprint.of("t", new byte[] {1});

    private final Simulation simulation = new Simulation(1);
    private final SimMesh.SimNode node = new SimMesh(simulation).join("s", "n");
    private final List<Waiting> deliveries = new ArrayList<>();
    private final Standby standby = new Standby();

    @BeforeEach
    void deliverTwoEqualReadings() {
        node.consume(
                "standby",
                Interest.inTopics(topic -> true),
                delivery -> deliveries.add(new Waiting(delivery, 0, false, () -> {})));
        var sender = node.consume("sender", Interest.none(), delivery -> {});
        sender.send(World.message("t", "1"));
        sender.send(World.message("t", "1"));
        simulation.run(0);
        assertEquals(2, node.waiting());
    }

    @Test
    void letsOneGoForEachPublicationItSees() {
        standby.hold(deliveries.get(0), READING, 0);
        standby.hold(deliveries.get(1), READING, 0);
        standby.saw(READING, 1);
        assertEquals(1, node.waiting());
        standby.saw(READING, 2);
        assertEquals(0, node.waiting());
    }

    @Test
    void remembersWhatItSeesBeforeItsMessageComes() {
        standby.saw(READING, 0);
        standby.hold(deliveries.get(0), READING, 1);
        standby.hold(deliveries.get(1), READING, 1);
        assertEquals(1, node.waiting());
    }

    @Test
    void givesBackWhatNobodyHasPublishedInTime() {
        standby.hold(deliveries.get(0), READING, 0);
        standby.hold(deliveries.get(1), READING, 1);
        assertTrue(standby.overdue(Standby.PATIENCE_MS - 1).isEmpty());
        assertEquals(List.of(deliveries.get(0)), standby.overdue(Standby.PATIENCE_MS));
        assertEquals(List.of(deliveries.get(1)), standby.all());
        assertTrue(standby.all().isEmpty());
    }
}
