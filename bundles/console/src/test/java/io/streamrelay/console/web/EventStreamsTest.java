// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamsTest {

    private final PageRelay gateway = new PageRelay();
    private final EventStreams streams = new EventStreams(gateway, new Token());

    @AfterEach
    void close() {
        streams.close();
    }

    private PageExchange watch() throws IOException {
        PageExchange exchange = PageExchange.get("/api/events");
        streams.handle(new Exchange(exchange.request(), exchange.response()));
        return exchange;
    }

    private static void await(BooleanSupplier condition) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            while (!condition.getAsBoolean()) {
                Thread.onSpinWait();
            }
        });
    }

    @Test
    void showsThePictureAtOnceAndEachThatFollows() throws IOException {
        PageExchange exchange = watch();
        assertEquals("text/event-stream;charset=utf-8", exchange.header("Content-Type"));
        assertTrue(exchange.body().startsWith("event: state\ndata: {\"token\":"), exchange.body());
        assertTrue(exchange.body().endsWith("}\n\n"));
        gateway.shows();
        await(() -> exchange.output.pictures() == 2);
    }

    /** What it has not taken when the next comes is not sent any more; others get all. */
    @Test
    void aSlowReaderHoldsUpNobodyAndGetsTheLatest() throws IOException {
        PageExchange slow = watch();
        PageExchange quick = watch();
        slow.output.ready = false;
        for (int i = 2; i < 50; i++) {
            int count = i;
            gateway.shows();
            await(() -> quick.output.pictures() == count);
        }
        assertEquals(1, slow.output.pictures());
        slow.output.takes();
        assertEquals(2, slow.output.pictures());
    }

    @Test
    void isBounded() throws IOException {
        List<PageExchange> watching = new ArrayList<>();
        for (int i = 0; i < EventStreams.STREAMS_MAX; i++) {
            watching.add(watch());
        }
        PageExchange refused = watch();
        assertEquals(503, refused.status());
        assertEquals("10", refused.header("Retry-After"));
        watching.get(0).output.broken = true;
        gateway.shows();
        await(() -> streams.watching() == EventStreams.STREAMS_MAX - 1);
        assertEquals(200, watch().status());
        assertEquals(503, watch().status());
    }

    @Test
    void endsWithTheBundle() throws IOException {
        PageExchange exchange = watch();
        assertFalse(exchange.output.completed);
        streams.close();
        assertTrue(exchange.output.completed);
        assertEquals(0, streams.watching());
        assertEquals(List.of(), gateway.watchers);
        assertEquals(503, watch().status());
    }
}
