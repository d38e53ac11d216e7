// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.Refusal;
import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublicationsTest {

    private final EventQueue queue = new EventQueue();
    private final Publications publications = new Publications(queue, new Counters());
    private final List<Refusal> refusals = new ArrayList<>();

    @Test
    void refusesWhatWaitsAndWhatStillComesWhenTheEngineHasEnded() throws Exception {
        publish();
        publications.end();
        publish();
        assertEquals(List.of(Refusal.CLOSED, Refusal.CLOSED), refusals);
        assertEquals(1, taken().size());
    }

    @Test
    void answersOnce() throws Exception {
        publish();
        Event.Publish publish = (Event.Publish) taken().get(0);
        publications.refused(new Action.Refused(publish.token(), Refusal.BACKLOG_FULL, "full"));
        publications.accepted(new Action.Accepted(publish.token(), TestParts.PACKET, 1));
        publications.end();
        assertEquals(List.of(Refusal.BACKLOG_FULL), refusals);
    }

    private void publish() {
        publications.publish(
                new Event.Outgoing(TestParts.PACKET, TestParts.PACKET, null, null, null, new byte[0], 1),
                new Settling(receipt -> refusals.add(null), refusal -> refusals.add(refusal.reason())));
    }

    private List<Event> taken() throws InterruptedException {
        List<Event> events = new ArrayList<>();
        queue.take(events, 10, 0);
        return events;
    }
}
