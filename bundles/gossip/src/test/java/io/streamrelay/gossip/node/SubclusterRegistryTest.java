// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Delivery;
import io.streamrelay.api.Interest;
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Event;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubclusterRegistryTest {

    private static final SharedKey KEY = SharedKey.ofPassphrase("secret");

    private TestParts parts;
    private SubclusterRegistry registry;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        parts = new TestParts(folder);
        registry = new SubclusterRegistry(parts.parts, parts.succession());
    }

    @AfterEach
    void close() {
        registry.end();
        parts.close();
    }

    @Test
    void tellsTheEngineWhatItTakesPartIn() throws Exception {
        Subcluster subcluster = registry.open(SubclusterOptions.of("x", KEY));
        subcluster.close();
        subcluster.close();
        assertEquals(
                List.of(new Event.Subscribe(subcluster.id()), new Event.Unsubscribe(subcluster.id())), parts.events());
    }

    @Test
    void refusesASecondNameForOneKey() {
        registry.open(SubclusterOptions.of("x", KEY));
        assertThrows(IllegalArgumentException.class, () -> registry.open(SubclusterOptions.of("y", KEY)));
    }

    @Test
    void opensOneConsumerOfANameAtATime() {
        Subcluster subcluster = registry.open(SubclusterOptions.of("x", KEY));
        subcluster.consume("c", Interest.none(), delivery -> {});
        assertThrows(IllegalStateException.class, () -> subcluster.consume("c", Interest.none(), delivery -> {}));
        subcluster.close();
        registry.open(SubclusterOptions.of("x", KEY)).consume("c", Interest.none(), delivery -> {});
    }

    @Test
    void keepsForItsConsumersWhatTheEngineHadUnderWayWhenItWasClosed() throws Exception {
        Interest interest = Interest.inEvents(Set.of("event"));
        Subcluster first = registry.open(SubclusterOptions.of("x", KEY));
        first.consume("c", interest, delivery -> {});
        first.close();
        assertTrue(registry.receive(raw("late")));
        BlockingQueue<Delivery> received = new LinkedBlockingQueue<>();
        registry.open(SubclusterOptions.of("x", KEY)).consume("c", interest, received::add);
        assertEquals("late", received.poll(10, TimeUnit.SECONDS).text());
    }

    @Test
    void knowsNothingOfASubclusterThatWasNeverOpen() throws Exception {
        assertFalse(registry.receive(raw("stray")));
    }

    @Test
    void keepsConsumersOfDifferentSubclustersApart() throws Exception {
        BlockingQueue<Delivery> other = new LinkedBlockingQueue<>();
        Interest interest = Interest.inEvents(Set.of("event"));
        BlockingQueue<Delivery> received = new LinkedBlockingQueue<>();
        registry.open(SubclusterOptions.of("x", KEY)).consume("c", interest, received::add);
        registry.open(SubclusterOptions.of("x/c", SharedKey.ofPassphrase("other")))
                .consume("c", interest, other::add);
        registry.receive(raw("mine"));
        assertEquals("mine", received.poll(10, TimeUnit.SECONDS).text());
        assertTrue(other.isEmpty());
    }

    @Test
    void opensNothingOnceItSettles() throws Exception {
        registry.open(SubclusterOptions.of("x", KEY));
        registry.settle(1_000);
        registry.close();
        assertEquals(List.of(), registry.all());
        assertInstanceOf(
                IllegalStateException.class,
                assertThrows(RuntimeException.class, () -> registry.open(SubclusterOptions.of("x", KEY))));
    }

    @Test
    void tellsTheEngineInTheOrderInWhichItHappenedWhenTwoOpenAndClose() throws Exception {
        Runnable openAndClose = () -> {
            for (int i = 0; i < 200; i++) {
                registry.open(SubclusterOptions.of("x", KEY)).close();
            }
        };
        Thread other = new Thread(openAndClose);
        other.start();
        openAndClose.run();
        other.join(10_000);
        boolean takesPart = false;
        for (Event event : parts.events()) {
            assertEquals(takesPart, event instanceof Event.Unsubscribe);
            takesPart = !takesPart;
        }
        assertFalse(takesPart);
    }

    @Test
    void leavesNoConsumerOpenThatCameWhileItClosed() throws Exception {
        for (int i = 0; i < 200; i++) {
            Subcluster subcluster = registry.open(SubclusterOptions.of("x", KEY));
            Thread closing = new Thread(subcluster::close);
            closing.start();
            try {
                subcluster.consume("c", Interest.none(), delivery -> {});
            } catch (IllegalStateException closedBefore) {
                assertTrue(closedBefore.getMessage().endsWith("is closed"), closedBefore.getMessage());
            }
            closing.join(10_000);
            Subcluster next = registry.open(SubclusterOptions.of("x", KEY));
            next.consume("c", Interest.none(), delivery -> {}).close();
            next.close();
        }
    }

    private Action.Incoming raw(String text) {
        Sealer sealer = parts.keys.sealer(parts.keys.sharedKey(KEY.passphrase()));
        return new Action.Incoming(
                sealer.subclusterId(),
                EventIds.of("event"),
                null,
                null,
                null,
                sealer.seal(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                TestParts.PACKET,
                null,
                0,
                1);
    }
}
