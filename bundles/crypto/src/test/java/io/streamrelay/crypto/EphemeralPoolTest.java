// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EphemeralPoolTest {

    private static final int CAPACITY = 4;

    private final ManualExecutor refiller = new ManualExecutor();
    private final List<byte[]> madeKeys = new ArrayList<>();
    private final EphemeralPool pool = new EphemeralPool(this::make, refiller, CAPACITY);

    @Test
    void fillsItselfToItsCapacityAndNoFurther() {
        refiller.runAll();
        assertEquals(CAPACITY, madeKeys.size());
    }

    @Test
    void computesNothingWhileItLasts() {
        refiller.runAll();
        for (int i = 0; i < CAPACITY; i++) {
            pool.take();
        }
        assertEquals(CAPACITY, madeKeys.size());
    }

    @Test
    void computesOnTheWayWhenItIsEmpty() {
        pool.take();
        assertEquals(1, madeKeys.size());
    }

    @Test
    void givesNothingTwice() {
        refiller.runAll();
        assertNotSame(pool.take(), pool.take());
    }

    @Test
    void putsTheRefillOffWhileABurstGoesOn() {
        refiller.runAll();
        pool.take();
        pool.take();
        refiller.runNext();
        assertEquals(CAPACITY, madeKeys.size(), "a take came after the refill was asked for");

        refiller.runNext();
        assertEquals(CAPACITY + 2, madeKeys.size());
    }

    @Test
    void stopsRefillingWhenABurstBegins() {
        EphemeralPool[] interrupted = new EphemeralPool[1];
        List<Ephemeral> made = new ArrayList<>();
        interrupted[0] = new EphemeralPool(
                () -> {
                    Ephemeral ephemeral = make();
                    made.add(ephemeral);
                    if (made.size() == 2) {
                        interrupted[0].take();
                    }
                    return ephemeral;
                },
                refiller,
                CAPACITY);
        refiller.runNext();
        refiller.runNext();
        assertEquals(2, made.size());
    }

    @Test
    void asksForOneRefillAtATime() {
        refiller.runAll();
        pool.take();
        pool.take();
        assertEquals(1, refiller.waiting());
    }

    @Test
    void wipesItsStockWhenClosed() {
        refiller.runAll();
        pool.close();
        assertEquals(CAPACITY, madeKeys.size());
        madeKeys.forEach(key -> assertArrayEquals(new byte[32], key));
    }

    @Test
    void refillsNoMoreOnceClosed() {
        pool.close();
        refiller.runAll();
        assertEquals(0, madeKeys.size());
        assertEquals(0, refiller.waiting());
    }

    @Test
    void wipesWhatARefillAddsWhileItIsClosed() {
        EphemeralPool[] closing = new EphemeralPool[1];
        closing[0] = new EphemeralPool(
                () -> {
                    closing[0].close();
                    return make();
                },
                refiller,
                CAPACITY);
        refiller.runNext();
        madeKeys.clear();
        refiller.runNext();
        assertEquals(1, madeKeys.size());
        assertArrayEquals(new byte[32], madeKeys.get(0));
    }

    private Ephemeral make() {
        byte[] key = Vectors.hex("77".repeat(32));
        madeKeys.add(key);
        return new Ephemeral(new byte[32], new SecretBox(key, new byte[24]));
    }
}
