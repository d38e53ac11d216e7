// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClosingLockTest {

    private final ClosingLock lock = new ClosingLock("the thing");

    @Test
    void refusesUseAfterwards() {
        lock.close(() -> {});
        assertEquals(
                "the thing is closed",
                assertThrows(IllegalStateException.class, lock::beginUse).getMessage());
    }

    @Test
    void wipesOnce() {
        AtomicInteger wipes = new AtomicInteger();
        lock.close(wipes::incrementAndGet);
        lock.close(wipes::incrementAndGet);
        assertEquals(1, wipes.get());
    }

    @Test
    void wipesOnlyWhenNobodyUsesTheKeysAnyMore() throws Exception {
        lock.beginUse();
        CompletableFuture<Void> wiped = new CompletableFuture<>();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> lock.close(() -> wiped.complete(null)));

        assertThrows(TimeoutException.class, () -> wiped.get(50, TimeUnit.MILLISECONDS));
        assertFalse(closing.isDone());

        lock.endUse();
        closing.get(10, TimeUnit.SECONDS);
        assertTrue(wiped.isDone());
    }
}
