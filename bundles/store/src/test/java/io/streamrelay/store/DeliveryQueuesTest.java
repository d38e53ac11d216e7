// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.store.StoredDelivery;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryQueuesTest {

    private final DeliveryQueues queues = new DeliveryQueues();

    @Test
    void ordersByNumber() {
        queues.put(Samples.delivery("mqtt", 10), 0);
        queues.put(Samples.delivery("mqtt", 9), 0);

        assertEquals(
                List.of(9L, 10L),
                queues.of("mqtt", 0, 10, 0).stream().map(StoredDelivery::number).toList());
    }

    @Test
    void countsADeliveryOnceHoweverOftenItIsPut() {
        queues.put(Samples.delivery("mqtt", 1), 0);
        queues.put(Samples.delivery("mqtt", 1), 0);

        assertEquals(1, queues.entries());
        assertEquals(10, queues.bytes());
    }

    @Test
    void countsDownOnceHoweverOftenItIsRemoved() {
        queues.put(Samples.delivery("mqtt", 1), 0);
        queues.put(Samples.delivery("mqtt", 2), 0);
        queues.remove("mqtt", 1);
        queues.remove("mqtt", 1);
        queues.remove("nobody", 1);

        assertEquals(1, queues.entries());
        assertEquals(10, queues.bytes());
    }
}
