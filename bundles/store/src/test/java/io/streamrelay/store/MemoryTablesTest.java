// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.store.StoreChange.PutConsumer;
import io.streamrelay.api.store.StoreChange.PutDelivery;
import io.streamrelay.api.store.StoreChange.PutPacket;
import io.streamrelay.api.store.StoreChange.RemoveDelivery;
import io.streamrelay.api.store.StoreChange.RemovePacket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MemoryTablesTest {

    private final MemoryTables tables = new MemoryTables(System::nanoTime);

    @Test
    void countsWhatItHolds() {
        tables.apply(List.of(
                new PutPacket(Samples.packet(1)),
                new PutConsumer("mqtt"),
                new PutDelivery(Samples.delivery("mqtt", 1))));

        assertEquals(
                Map.of(
                        "packets", 1L,
                        "packets.bytes", 100L,
                        "consumers", 1L,
                        "deliveries", 1L,
                        "deliveries.bytes", 10L,
                        "failing", 0L),
                sizes());
    }

    @Test
    void countsDownToNothing() {
        tables.apply(List.of(new PutPacket(Samples.packet(1)), new PutDelivery(Samples.delivery("mqtt", 1))));
        tables.apply(List.of(new RemovePacket(Samples.id(1)), new RemovePacket(Samples.id(1))));
        tables.apply(List.of(new RemoveDelivery("mqtt", 1)));

        assertEquals(0, sizes().get("packets"));
        assertEquals(0, sizes().get("packets.bytes"));
        assertEquals(0, sizes().get("deliveries.bytes"));
    }

    @Test
    void handsOutCopies() {
        List<?> before = tables.packets();
        tables.apply(List.of(new PutPacket(Samples.packet(1))));

        assertEquals(List.of(), before);
    }

    private Map<String, Long> sizes() {
        Map<String, Long> sizes = new TreeMap<>();
        tables.addCounters(sizes);
        return sizes;
    }
}
