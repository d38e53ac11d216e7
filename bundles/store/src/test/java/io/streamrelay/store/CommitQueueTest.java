// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.store.StoreChange;
import io.streamrelay.store.Commit.Haste;
import io.streamrelay.store.CommitQueue.Answer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class CommitQueueTest {

    private static final long LONG = SECONDS.toNanos(10);

    private final CommitQueue queue = new CommitQueue(2, SECONDS.toNanos(100));
    private final Commit first = urgent();
    private final Commit second = urgent();
    private final Commit third = urgent();

    @Test
    void givesAllThatWaitsInOrder() throws InterruptedException {
        queue.offer(first, 0);
        queue.offer(second, 0);

        assertEquals(List.of(first, second), queue.takeAll(LONG, System.nanoTime()));
        assertEquals(0, queue.size());
    }

    @Test
    void saysWhenItIsFull() throws InterruptedException {
        assertEquals(Answer.TAKEN, queue.offer(first, 0));
        assertEquals(Answer.TAKEN, queue.offer(second, 0));
        assertEquals(Answer.FULL, queue.offer(third, 0));
        assertEquals(Answer.FULL, queue.offer(third, 1_000_000));
    }

    @Test
    void takesAnOfferThatWaitedForRoom() throws Exception {
        queue.offer(first, 0);
        queue.offer(second, 0);
        CompletableFuture<Answer> waiting = later(() -> queue.offer(third, LONG));
        queue.takeAll(0, System.nanoTime());

        assertEquals(Answer.TAKEN, waiting.get(10, SECONDS));
    }

    @Test
    void comesBackEmptyWhenNothingComesInTime() {
        assertEquals(List.of(), queue.takeAll(1_000_000, System.nanoTime()));
        assertFalse(queue.isFinished());
    }

    @Test
    void gathersUntilAMoment() throws Exception {
        long earliest = System.nanoTime() + 30_000_000;
        queue.offer(first, 0);
        assertEquals(List.of(first), queue.takeAll(LONG, earliest));

        assertTrue(System.nanoTime() - earliest >= 0);
    }

    @Test
    void gathersNoLongerThanThereIsRoom() throws Exception {
        queue.offer(first, 0);
        queue.offer(second, 0);

        assertEquals(List.of(first, second), queue.takeAll(LONG, System.nanoTime() + SECONDS.toNanos(100)));
    }

    @Test
    void takesALoneCommitThatComesLateAtOnce() throws Exception {
        CompletableFuture<List<Commit>> taker = later(() -> queue.takeAll(LONG, System.nanoTime()));
        queue.offer(first, 0);

        assertEquals(List.of(first), taker.get(10, SECONDS));
    }

    @Test
    void anothersPacketIsTakenWithTheNextThatIsUrgent() throws Exception {
        Commit patient = Commit.of(List.of(new StoreChange.PutPacket(Samples.packet(1))));
        CompletableFuture<List<Commit>> taker = later(() -> queue.takeAll(LONG, System.nanoTime()));
        queue.offer(patient, 0);
        assertThrows(TimeoutException.class, () -> taker.get(50, MILLISECONDS));
        queue.offer(first, 0);

        assertEquals(List.of(patient, first), taker.get(10, SECONDS));
    }

    @Test
    void anothersPacketDoesNotWaitForEver() throws Exception {
        CommitQueue impatient = new CommitQueue(2, 30_000_000);
        Commit patient = Commit.of(List.of(new StoreChange.PutPacket(Samples.packet(1))));
        long offered = System.nanoTime();
        impatient.offer(patient, 0);

        assertEquals(List.of(patient), impatient.takeAll(LONG, offered));
        assertTrue(System.nanoTime() - offered >= 30_000_000);
    }

    @Test
    void whatAPublisherOrAConsumerWaitsForIsUrgent() {
        StoreChange own = new StoreChange.PutPacket(Samples.packet(2));
        StoreChange others = new StoreChange.PutPacket(Samples.packet(1));
        StoreChange passedOn = new StoreChange.PacketPassedOn(Samples.id(1));
        assertEquals(Haste.URGENT, Commit.of(List.of(own)).haste());
        assertEquals(
                Haste.URGENT,
                Commit.of(List.of(others, new StoreChange.RemoveDelivery("c", 1)))
                        .haste());
        assertEquals(Haste.SOON, Commit.of(List.of(passedOn, others)).haste());
        assertEquals(
                Haste.AT_LEISURE,
                Commit.of(List.of(passedOn, new StoreChange.RemovePacket(Samples.id(1))))
                        .haste());
        assertEquals(Haste.URGENT, Commit.of(List.of()).haste(), "nothing to wait for");
    }

    @Test
    void whatIsAtLeisureIsTakenWithTheNextThatIsNot() throws Exception {
        CommitQueue patient = new CommitQueue(4, 30_000_000);
        Commit atLeisure = Commit.of(List.of(new StoreChange.PacketPassedOn(Samples.id(1))));
        Commit soon = Commit.of(List.of(new StoreChange.PutPacket(Samples.packet(1))));
        CompletableFuture<List<Commit>> taker = later(() -> patient.takeAll(LONG, System.nanoTime()));
        patient.offer(atLeisure, 0);
        assertThrows(TimeoutException.class, () -> taker.get(100, MILLISECONDS));
        patient.offer(soon, 0);

        assertEquals(List.of(atLeisure, soon), taker.get(800, MILLISECONDS));
    }

    @Test
    void wakesBothSidesWhenClosed() throws Exception {
        CompletableFuture<List<Commit>> taker = later(() -> queue.takeAll(Long.MAX_VALUE, System.nanoTime()));
        queue.close();
        assertEquals(List.of(), taker.get(10, SECONDS));
        assertEquals(Answer.CLOSED, queue.offer(first, LONG));
    }

    @Test
    void refusesAnOfferThatWaitsWhenItIsClosed() throws Exception {
        queue.offer(first, 0);
        queue.offer(second, 0);
        CompletableFuture<Answer> waiting = later(() -> queue.offer(third, LONG));
        queue.close();

        assertEquals(Answer.CLOSED, waiting.get(10, SECONDS));
    }

    @Test
    void isFinishedOnlyWhenClosedAndEmpty() throws InterruptedException {
        queue.offer(first, 0);
        queue.close();
        assertFalse(queue.isFinished());
        assertEquals(List.of(first), queue.takeAll(0, System.nanoTime()));
        assertTrue(queue.isFinished());
    }

    private static Commit urgent() {
        return Commit.of(List.of());
    }

    private static <T> CompletableFuture<T> later(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(work.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }
}
