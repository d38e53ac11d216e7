// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.Test;

class SubscribersTest {

    private final Subscribers subscribers = new Subscribers();
    private final List<String> heard = new ArrayList<>();
    private final CloudSubscriberListener one = message -> heard.add("one");
    private final CloudSubscriberListener other = message -> heard.add("other");

    private void tell(String topic) {
        subscribers.tell(topic, new KuraMessage(new KuraPayload(), Map.of()));
    }

    @Test
    void areToldOfTheirTopics() {
        subscribers.add("a/#", one);
        subscribers.add("a/+", other);
        tell("a/b/c");
        tell("a/b");
        tell("b");
        assertEquals(List.of("one", "one", "other"), heard);
    }

    @Test
    void wantOneFilterEach() {
        subscribers.add("a", one);
        subscribers.add("b", one);
        assertFalse(subscribers.want("a"));
        assertTrue(subscribers.want("b"));
    }

    @Test
    void wantWhatTheLastOneDidWhileNobodyListens() {
        subscribers.add("a", one);
        subscribers.add("b", other);
        subscribers.remove(one);
        assertFalse(subscribers.want("a"));
        subscribers.remove(other);
        assertTrue(subscribers.isEmpty());
        assertTrue(subscribers.want("b"));
        subscribers.add("c", one);
        assertFalse(subscribers.want("b"));
    }

    @Test
    void areToldThoughOneFails() {
        subscribers.add("a", message -> {
            throw new IllegalStateException("it fails");
        });
        subscribers.add("a", one);
        tell("a");
        assertEquals(List.of("one"), heard);
    }
}
