// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Message;
import io.streamrelay.mqtt.broker.BrokerException;
import io.streamrelay.mqtt.broker.BrokerLink;
import io.streamrelay.mqtt.broker.Greeting;
import io.streamrelay.mqtt.broker.MqttVersion;
import io.streamrelay.mqtt.broker.Subscription;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class InLaneTest {

    private final Simulation simulation = new Simulation(1);
    private final Simulation.Lane thread = simulation.lane();
    private final List<String> safe = new ArrayList<>();
    private final InLane lane = new InLane(
            thread, new StateLog("test", "nowhere", thread::nowMs), new Backoff(() -> 0), () -> safe.add("room"));

    /** Keeps what is published until the test says what becomes of it. */
    private static final class Link implements BrokerLink {
        private final Map<String, CompletableFuture<Void>> published = new LinkedHashMap<>();

        @Override
        public CompletionStage<Void> publish(Message message, String name) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            published.put(new String(message.payload(), StandardCharsets.UTF_8), done);
            return done;
        }

        @Override
        public boolean hasPublished(String name) {
            return false;
        }

        @Override
        public void settled(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MqttVersion version() {
            return MqttVersion.FIVE;
        }

        @Override
        public CompletionStage<Greeting> connect() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Void> subscribe(Subscription subscription) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Void> unsubscribe(String filter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isReadyToAskAgain() {
            return false;
        }

        @Override
        public CompletionStage<Void> disconnect() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }
    }

    private final Link link = new Link();

    private void publish(String text) {
        lane.publish(World.message("t", text), "", () -> safe.add(text));
    }

    private void fail(String text, BrokerException.Kind kind) {
        link.published.remove(text).completeExceptionally(new BrokerException(kind, "refused", null));
        simulation.run(0);
    }

    private List<String> published() {
        return List.copyOf(link.published.keySet());
    }

    @Test
    void publishesAsManyAsTheBrokerTakes() {
        lane.connected(link, 2);
        publish("1");
        publish("2");
        assertFalse(lane.hasRoom());
        publish("3");
        assertEquals(List.of("1", "2"), published());
        link.published.get("1").complete(null);
        simulation.run(0);
        assertEquals(List.of("1", "2", "3"), published());
        assertEquals(List.of("1"), safe);
    }

    @Test
    void saysWhenThereIsRoomAgain() {
        lane.connected(link, 1);
        publish("1");
        link.published.get("1").complete(null);
        simulation.run(0);
        assertEquals(List.of("1", "room"), safe);
        assertTrue(lane.hasRoom());
    }

    @Test
    void waitsForAConnection() {
        publish("1");
        assertFalse(lane.hasRoom());
        lane.connected(link, 2);
        assertEquals(List.of("1"), published());
    }

    @Test
    void keepsItsOrderWhenTheBrokerIsBusy() {
        lane.connected(link, 3);
        publish("1");
        publish("2");
        publish("3");
        fail("2", BrokerException.Kind.BUSY);
        fail("1", BrokerException.Kind.BUSY);
        assertFalse(lane.hasRoom());
        link.published.clear();
        simulation.run(Backoff.FIRST_MS);
        assertEquals(List.of("1", "2"), published());
    }

    @Test
    void leavesOutWhatTheBrokerWillNeverTake() {
        lane.connected(link, 3);
        publish("1");
        fail("1", BrokerException.Kind.REJECTED);
        assertEquals(List.of("1", "room"), safe);
    }

    @Test
    void trustsItsLinkToSendAgain() {
        lane.connected(link, 3);
        publish("1");
        lane.lost();
        lane.connected(link, 3);
        assertEquals(List.of("1"), published());
        assertFalse(lane.isIdle());
    }

    @Test
    void noticesABrokerThatDoesNotAnswer() {
        lane.connected(link, 3);
        simulation.run(InLane.ANSWER_MS);
        assertFalse(lane.isUnanswered(), "nothing was asked");
        publish("1");
        publish("2");
        simulation.run(InLane.ANSWER_MS - 1);
        link.published.get("1").complete(null);
        simulation.run(InLane.ANSWER_MS - 1);
        assertFalse(lane.isUnanswered(), "one was answered meanwhile");
        simulation.run(1);
        assertTrue(lane.isUnanswered());
        lane.lost();
        assertFalse(lane.isUnanswered(), "there is no connection");
        lane.connected(link, 3);
        assertFalse(lane.isUnanswered(), "it has just come");
    }

    @Test
    void givesABrokerThatIsSlowLongerEachTime() {
        lane.connected(link, 3);
        publish("1");
        lane.waitLonger();
        simulation.run(2 * InLane.ANSWER_MS - 1);
        assertFalse(lane.isUnanswered());
        simulation.run(1);
        assertTrue(lane.isUnanswered());
        for (int i = 0; i < 10; i++) {
            lane.waitLonger();
        }
        simulation.run(InLane.ANSWER_MAX_MS);
        assertTrue(lane.isUnanswered());
        link.published.get("1").complete(null);
        simulation.run(0);
        publish("2");
        simulation.run(InLane.ANSWER_MS);
        assertTrue(lane.isUnanswered(), "one that answers again is no slow one");
    }

    @Test
    void publishesAgainByAnotherLinkWhatTheFirstHasNotConfirmed() {
        lane.connected(link, 3);
        publish("1");
        publish("2");
        CompletableFuture<Void> late = link.published.get("1");
        Link other = new Link();
        lane.lost();
        lane.connected(other, 3);
        assertEquals(List.of("1", "2"), List.copyOf(other.published.keySet()));
        late.complete(null);
        simulation.run(0);
        assertEquals(List.of(), safe, "the first link is not listened to any more");
    }
}
