// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Delivery;
import io.streamrelay.api.Interest;
import io.streamrelay.api.Message;
import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredDelivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsumerQueueTest {

    private record Pause(long delayMs, Runnable task) {}

    private static final int ROOM_BYTES = 4_000;

    private static final Wanted ALL = Wanted.of(Interest.inTopics(topic -> true));

    private final List<Delivery> handed = Collections.synchronizedList(new ArrayList<>());
    private final List<Pause> pauses = new ArrayList<>();
    private volatile String poison;
    private volatile boolean isUnreadable;
    private TestParts parts;
    private ConsumerQueue queue;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        parts = new TestParts(folder);
        queue = newQueue();
    }

    @AfterEach
    void close() {
        parts.close();
    }

    @Test
    void handsOverWhatIsWantedInOrder() throws Exception {
        queue.open(handle(), Wanted.of(Interest.inTopics("a"::equals)));
        offer("a", "1");
        offer("b", "2");
        offer("a", "3");
        assertHanded("1", "3");
    }

    @Test
    void keepsAMessageBeforeItHandsItOver() throws Exception {
        queue.open(handle(), ALL);
        offer("a", "1");
        assertHanded("1");
        assertEquals(1, waiting());
        handed.get(0).acknowledge();
        settle();
        assertEquals(0, waiting());
    }

    @Test
    void handsOverAgainWhatWasNotAcknowledgedWhenItIsOpenedAgain() throws Exception {
        ConsumerHandle first = handle();
        queue.open(first, ALL);
        offerAll(3);
        assertHanded("0", "1", "2");
        handed.get(1).acknowledge();
        queue.close(first);
        handed.clear();
        queue.open(handle(), ALL);
        assertHanded("0", "2");
    }

    @Test
    void keepsWhatComesWhileItIsClosed() throws Exception {
        ConsumerHandle first = handle();
        queue.open(first, ALL);
        queue.close(first);
        offerAll(2);
        queue.open(handle(), ALL);
        assertHanded("0", "1");
    }

    @Test
    void handsOverAfterARestartWhatTheStoreHolds() throws Exception {
        queue.open(handle(), ALL);
        offerAll(3);
        assertHanded("0", "1", "2");
        handed.get(0).acknowledge();
        settle();
        handed.clear();
        queue = newQueue();
        queue.open(handle(), ALL);
        offer("a", "3");
        assertHanded("1", "2", "3");
    }

    @Test
    void tellsHowLongAMessageHasWaited() throws Exception {
        offer("a", "1");
        parts.clock.advance(7_000);
        queue.open(handle(), ALL);
        assertHanded("1");
        assertTrue(handed.get(0).ageMs() <= 7_000);
        handed.get(0).acknowledge();
        offer("a", "2");
        assertHanded("1", "2");
        assertEquals(0, handed.get(1).ageMs());
    }

    @Test
    void asksItsInterestForWhatCameBeforeItWasKnown() throws Exception {
        offer("a", "1");
        offer("b", "2");
        keep(List.of(Arrival.raw(EventIds.of("event"), bytes("3"), TestParts.PACKET, null, false, 1)));
        keep(List.of(Arrival.raw(EventIds.of("other"), bytes("4"), TestParts.PACKET, null, false, 1)));
        queue.open(handle(), Wanted.of(new Interest(Set.of("event"), "b"::equals)));
        assertHanded("2", "3");
        assertEquals("event", handed.get(1).message().topic());
        assertEquals(2, waiting());
    }

    @Test
    void namesARawMessageAfterItsEventAlsoWhenTheInterestHasChanged() throws Exception {
        ConsumerHandle first = handle();
        queue.open(first, Wanted.of(Interest.inEvents(Set.of("event"))));
        queue.close(first);
        keep(List.of(Arrival.raw(EventIds.of("event"), bytes("1"), TestParts.PACKET, null, false, 1)));
        queue.open(handle(), Wanted.of(Interest.none()));
        assertHanded("1");
        assertEquals("event", handed.get(0).message().topic());
    }

    @Test
    void hasNoMoreThanItsLimitOutstanding() throws Exception {
        queue.open(handle(), ALL);
        offerAll(ConsumerQueue.OUTSTANDING_MAX + 10);
        settle();
        assertEquals(ConsumerQueue.OUTSTANDING_MAX, handed.size());
        handed.get(5).acknowledge();
        settle();
        assertEquals(ConsumerQueue.OUTSTANDING_MAX + 1, handed.size());
    }

    @Test
    void handsOverALongQueueWholeAndInOrder() throws Exception {
        int count = 5_000;
        offerAll(count);
        queue.open(handle(), ALL);
        int acknowledged = 0;
        while (acknowledged < count) {
            settle();
            assertTrue(handed.size() > acknowledged, "stuck at " + acknowledged);
            while (acknowledged < handed.size()) {
                handed.get(acknowledged++).acknowledge();
            }
        }
        assertEquals(
                IntStream.range(0, count).mapToObj(Integer::toString).toList(),
                handed.stream().map(Delivery::text).toList());
        settle();
        assertEquals(0, waiting());
    }

    @Test
    void takesALateAcknowledgementOfAnEarlierHandle() throws Exception {
        ConsumerHandle first = handle();
        queue.open(first, ALL);
        offer("a", "1");
        assertHanded("1");
        Delivery early = handed.get(0);
        queue.close(first);
        early.acknowledge();
        early.acknowledge();
        handed.clear();
        queue.open(handle(), ALL);
        settle();
        assertEquals(0, handed.size());
    }

    @Test
    void opensForOneAtATime() {
        ConsumerHandle first = handle();
        assertTrue(queue.open(first, ALL));
        assertFalse(queue.open(handle(), ALL));
        queue.close(first);
        assertTrue(queue.open(handle(), ALL));
    }

    @Test
    void doesNotFillTheStoreForOneThatHasGone() throws Exception {
        for (int i = 0; i < OutboxRoom.UNCLAIMED_MAX / 1_000; i++) {
            offerAll(1_000);
        }
        parts.clock.advance(OutboxRoom.ABSENT_MS - 1);
        offer("a", "it may be back");
        assertEquals(0, parts.counter("drop.consumer-absent"));
        parts.clock.advance(1);
        offer("a", "one too many");
        assertEquals(1, parts.counter("drop.consumer-absent"));
        assertEquals(OutboxRoom.UNCLAIMED_MAX + 1, waiting());
    }

    @Test
    void isFullUntilHalfOfItIsFree() throws Exception {
        queue = newQueue(ROOM_BYTES, 2 * ROOM_BYTES);
        queue.open(handle(), ALL);
        int count = 0;
        while (!queue.isFull()) {
            offer("a", Integer.toString(count++));
        }
        offer("a", "was on its way");
        settle();
        assertEquals(count + 1, handed.size(), "while it is there nothing is left out");
        int acknowledged = 0;
        while (queue.isFull()) {
            handed.get(acknowledged++).acknowledge();
        }
        assertTrue(acknowledged >= count / 2 && acknowledged <= count / 2 + 2, acknowledged + " of " + count);
    }

    @Test
    void whoHasGoneKeepsOthersWaitingForAWhileAlone() throws Exception {
        queue = newQueue(ROOM_BYTES, ROOM_BYTES);
        ConsumerHandle first = handle();
        queue.open(first, ALL);
        offerAll(100);
        queue.close(first);
        assertTrue(queue.isFull());
        offer("a", "was on its way");
        parts.clock.advance(OutboxRoom.RETURN_MS);
        assertFalse(queue.isFull());
        offer("a", "one too many");
        assertEquals(1, parts.counter("drop.consumer-absent"));
        assertEquals(101, waiting());
        queue.open(handle(), ALL);
        assertTrue(queue.isFull());
    }

    @Test
    void holdsNoMoreInMemoryThanItMay() throws Exception {
        queue = newQueue(OutboxRoom.BYTES_MAX, ROOM_BYTES);
        offerAll(1_000);
        queue = newQueue(OutboxRoom.BYTES_MAX, ROOM_BYTES);
        queue.open(handle(), ALL);
        int acknowledged = 0;
        while (acknowledged < 1_000) {
            settle();
            assertTrue(handed.size() > acknowledged, "stuck at " + acknowledged);
            int most = ROOM_BYTES / 50 + 16;
            assertTrue(handed.size() - acknowledged <= most, handed.size() - acknowledged + " in memory");
            handed.get(acknowledged++).acknowledge();
        }
        assertEquals(1_000, handed.size());
    }

    @Test
    void leavesOutWhatHasExpiredWhileItWaited() throws Exception {
        keep(List.of(arrival("a", "short").living(5_000), arrival("a", "long").living(60_000)));
        parts.clock.advance(6_000);
        parts.store.commit(List.of()).toCompletableFuture().get(10, TimeUnit.SECONDS);
        queue.open(handle(), ALL);
        assertHanded("long");
        assertEquals(1, parts.counter("drop.expired"));
        settle();
        assertEquals(1, waiting());
    }

    @Test
    void handsOverAgainInOrderWhatTheHandlerThrewOn() throws Exception {
        poison = "1";
        queue.open(handle(), ALL);
        offerAll(3);
        assertHanded("0");
        assertEquals(Redelivery.FIRST_PAUSE_MS, pauses.get(0).delayMs());
        poison = null;
        pauses.get(0).task().run();
        assertHanded("0", "1", "2");
    }

    @Test
    void leavesWhatTheHandlerKeepsThrowingOnUntilItIsOpenedAgain() throws Exception {
        poison = "1";
        ConsumerHandle first = handle();
        queue.open(first, ALL);
        offerAll(3);
        for (int attempt = 1; attempt < Redelivery.ATTEMPTS_MAX; attempt++) {
            settle();
            assertEquals(attempt, pauses.size());
            pauses.get(attempt - 1).task().run();
        }
        assertHanded("0", "2");
        assertEquals(1, parts.counter("drop.delivery-not-taken"));
        assertEquals(3, waiting());
        queue.close(first);
        handed.clear();
        poison = null;
        queue.open(handle(), ALL);
        assertHanded("0", "1", "2");
    }

    @Test
    void forgetsAPauseWhenItIsOpenedAgain() throws Exception {
        poison = "0";
        ConsumerHandle first = handle();
        queue.open(first, ALL);
        offerAll(1);
        settle();
        poison = null;
        queue.close(first);
        queue.open(handle(), ALL);
        pauses.get(0).task().run();
        assertHanded("0");
    }

    /** A store whose database cannot be told what is safe does not say that nothing waits. */
    @Test
    void readsAgainWhatCouldNotBeRead() throws Exception {
        offerAll(3);
        isUnreadable = true;
        queue = newQueue(readable());
        queue.open(handle(), ALL);
        settle();
        assertHanded();
        assertEquals(1, pauses.size());
        isUnreadable = false;
        pauses.get(0).task().run();
        assertHanded("0", "1", "2");
    }

    private PacketStore readable() {
        return (PacketStore) Proxy.newProxyInstance(
                PacketStore.class.getClassLoader(), new Class<?>[] {PacketStore.class}, (proxy, method, arguments) -> {
                    if (isUnreadable && method.getName().equals("deliveries")) {
                        throw new UncheckedIOException(new IOException("not now"));
                    }
                    return method.invoke(parts.store, arguments);
                });
    }

    private ConsumerQueue newQueue(PacketStore store) {
        Redelivery.Timer timer = (delayMs, task) -> pauses.add(new Pause(delayMs, task));
        return new ConsumerQueue(
                "c",
                new ConsumerParts(store, parts.dispatcher, parts.drops, parts.trails, timer, parts.clock),
                OutboxRoom.BYTES_MAX,
                Heap.sixteenth());
    }

    private ConsumerQueue newQueue() {
        return newQueue(OutboxRoom.BYTES_MAX, Heap.sixteenth());
    }

    private ConsumerQueue newQueue(long roomBytes, long loadedBytes) {
        Redelivery.Timer timer = (delayMs, task) -> pauses.add(new Pause(delayMs, task));
        ConsumerParts needs =
                new ConsumerParts(parts.store, parts.dispatcher, parts.drops, parts.trails, timer, parts.clock);
        return new ConsumerQueue("c", needs, roomBytes, loadedBytes);
    }

    /** As the book of consumers does. */
    private void keep(List<Arrival> arrivals) throws Exception {
        List<StoredDelivery> deliveries = queue.prepare(arrivals);
        List<StoreChange> changes = new ArrayList<>();
        deliveries.forEach(delivery -> changes.add(new StoreChange.PutDelivery(delivery)));
        parts.store.commit(changes).toCompletableFuture().get(10, TimeUnit.SECONDS);
        queue.committed(deliveries, true);
    }

    private long waiting() {
        return parts.store.queue("c").deliveries();
    }

    private ConsumerHandle handle() {
        return new ConsumerHandle("c", null, queue, delivery -> {
            if (delivery.text().equals(poison)) {
                throw new IllegalStateException("a bug");
            }
            handed.add(delivery);
        });
    }

    private void offerAll(int count) throws Exception {
        List<Arrival> arrivals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            arrivals.add(arrival("a", Integer.toString(i)));
        }
        keep(arrivals);
    }

    private void offer(String topic, String text) throws Exception {
        keep(List.of(arrival(topic, text)));
    }

    private static Arrival arrival(String topic, String text) {
        return new Arrival(null, Message.of(topic, bytes(text)), null, TestParts.PACKET, null, false, 0, 1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void assertHanded(String... texts) throws Exception {
        settle();
        assertEquals(List.of(texts), handed.stream().map(Delivery::text).toList());
    }

    /** Waits until what was committed is handed over: each turn of the dispatcher may bring a reload and a hand-over. */
    private void settle() throws Exception {
        parts.store.commit(List.of()).toCompletableFuture().get(10, TimeUnit.SECONDS);
        for (int turn = 0; turn < 3; turn++) {
            parts.awaitListeners();
        }
        parts.store.commit(List.of()).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
