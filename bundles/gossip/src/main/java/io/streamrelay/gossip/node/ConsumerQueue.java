// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Delivery;
import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredDelivery;
import io.streamrelay.api.store.StoredQueue;
import io.streamrelay.gossip.node.DeliveryCodec.Kept;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits for one durable consumer, whether it is open or not. Messages are committed first and handed over then.
 * Thread-safe.
 */
final class ConsumerQueue {

    /** How many deliveries a consumer may hold without having acknowledged them; a guess. */
    static final int OUTSTANDING_MAX = 256;

    private static final int LOADED_MAX = 4 * OUTSTANDING_MAX;

    /** A store that cannot be written cannot tell all that it has; that may last. A guess. */
    private static final long READ_AGAIN_MS = 1_000;

    /** A large message has 1 MB, and so many of them have to fit beside all else. */
    private static final int READ_AT_ONCE = 16;

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerQueue.class);

    private final String name;
    private final PacketStore store;
    private final Dispatcher dispatcher;
    private final Drops drops;
    private final Trails trails;
    private final Redelivery.Timer timer;
    private final NodeClock clock;
    private final DeliveryWindow window;
    private final Redelivery redelivery = new Redelivery();
    private final SentNames sentNames;
    private final Set<Long> outstanding = new HashSet<>();
    private final OutboxRoom room;
    /** What the store could not be given yet, by its number. */
    private final NavigableMap<Long, StoredDelivery> owed = new TreeMap<>();

    private long lastNumber;
    private boolean loading;
    private ConsumerHandle open;
    private int turn;
    private boolean pausing;
    private volatile Wanted wanted = Wanted.EVERYTHING;

    /**
     * @param roomBytes how many bytes wait before no more is taken out of the mesh
     * @param loadedBytes how many of them are in memory
     */
    ConsumerQueue(String name, ConsumerParts parts, long roomBytes, long loadedBytes) {
        this.name = name;
        this.store = parts.store();
        this.dispatcher = parts.dispatcher();
        this.drops = parts.drops();
        this.trails = parts.trails();
        this.timer = parts.timer();
        this.clock = parts.clock();
        sentNames = new SentNames(store, name);
        StoredQueue kept = store.queue(name);
        window = new DeliveryWindow(LOADED_MAX, loadedBytes, kept.lastNumber());
        room = new OutboxRoom(roomBytes, kept, nowMs());
        lastNumber = kept.lastNumber();
    }

    /** Under which names the consumer has sent. */
    SentNames sentNames() {
        return sentNames;
    }

    /** Begins to hand over, with the oldest that waits. False when another handle is open. */
    synchronized boolean open(ConsumerHandle handle, Wanted interest) {
        if (open != null) {
            return false;
        }
        open = handle;
        room.opened();
        wanted = interest;
        redelivery.reset();
        rewind(1);
        handOver();
        return true;
    }

    void interest(Wanted interest) {
        wanted = interest;
    }

    /** What is not acknowledged waits for the next handle. */
    synchronized void close(ConsumerHandle handle) {
        if (open == handle) {
            open = null;
            room.closed(nowMs());
            rewind(1);
        }
    }

    /** Whether what is for it is to stay in the mesh. */
    synchronized boolean isFull() {
        return room.isFull(nowMs());
    }

    /**
     * Gives numbers to what is wanted of these; {@link #committed} is to follow. One caller at a time, so that numbers
     * reach the store in their order.
     */
    List<StoredDelivery> prepare(List<Arrival> arrivals) {
        List<StoredDelivery> deliveries = new ArrayList<>();
        Wanted interest = wanted;
        for (Arrival arrival : arrivals) {
            if (interest.wants(arrival)) {
                byte[] bytes = encode(arrival, interest);
                if (takeRoom(bytes.length)) {
                    deliveries.add(new StoredDelivery(name, ++lastNumber, bytes, 0));
                }
            }
        }
        return deliveries;
    }

    /** These are in the store, or could not get there: then they are handed over from memory. */
    synchronized void committed(List<StoredDelivery> deliveries, boolean kept) {
        long nowMs = nowMs();
        for (StoredDelivery delivery : deliveries) {
            if (!kept) {
                owed.put(delivery.number(), delivery);
            }
            window.committed(delivery, nowMs);
        }
        handOver();
    }

    /** Whether the store is still to be given it: it has not been acknowledged meanwhile. */
    synchronized boolean isOwed(StoredDelivery delivery) {
        return owed.containsKey(delivery.number());
    }

    /** The store has got at last what it was owed. */
    void paid(List<StoredDelivery> deliveries) {
        List<StoreChange> late = new ArrayList<>();
        synchronized (this) {
            for (StoredDelivery delivery : deliveries) {
                if (owed.remove(delivery.number()) == null) {
                    // It was acknowledged while it was on its way to the store.
                    late.add(new StoreChange.RemoveDelivery(name, delivery.number()));
                }
            }
        }
        if (!late.isEmpty()) {
            store.commit(late);
        }
    }

    private long nowMs() {
        return clock.now().monotonicMs();
    }

    private static byte[] encode(Arrival arrival, Wanted interest) {
        String event = arrival.isRaw() ? interest.nameOf(arrival.event()) : null;
        boolean chosen = interest != Wanted.EVERYTHING;
        return DeliveryCodec.encode(new Kept(event == null ? arrival : arrival.withTopic(event), chosen));
    }

    private synchronized boolean takeRoom(int bytes) {
        boolean taken = room.take(bytes, nowMs());
        if (!taken) {
            drops.drop("consumer-absent", null);
        }
        return taken;
    }

    private void handOver() {
        while (open != null && !pausing && outstanding.size() < OUTSTANDING_MAX) {
            DeliveryWindow.Loaded next = window.next();
            if (next == null) {
                break;
            }
            outstanding.add(next.number());
            ConsumerHandle handle = open;
            int inTurn = turn;
            dispatcher.event(() -> handOver(handle, inTurn, next));
        }
        if (window.wantsMore() && !loading) {
            loading = true;
            dispatcher.event(this::load);
        }
    }

    private void handOver(ConsumerHandle handle, int inTurn, DeliveryWindow.Loaded delivery) {
        if (!isStillDue(inTurn, delivery.number())) {
            return;
        }
        try {
            Kept kept = DeliveryCodec.decode(delivery.delivery().bytes());
            Arrival arrival = kept.arrival().older(delivery.ageMs(nowMs()));
            if (arrival.isExpired()) {
                drops.drop("expired", null);
                acknowledge(delivery.number());
                return;
            }
            if (!kept.chosen() && !wanted.wants(arrival)) {
                acknowledge(delivery.number());
                return;
            }
            String event = arrival.isRaw() && !kept.chosen() ? wanted.nameOf(arrival.event()) : null;
            String topic = event == null ? arrival.message().topic() : event;
            hand(
                    handle,
                    new HandedDelivery(arrival.named(topic), () -> {
                        trails.delivered(arrival.packetId(), name);
                        acknowledge(delivery.number());
                    }),
                    delivery.number());
        } catch (IOException e) {
            LOG.error("a message that waited for {} cannot be read and is left out", name, e);
            drops.drop("delivery-damaged", null);
            acknowledge(delivery.number());
        }
    }

    private synchronized boolean isStillDue(int inTurn, long number) {
        return turn == inTurn && window.contains(number);
    }

    private void hand(ConsumerHandle handle, Delivery delivery, long number) {
        try {
            handle.hand(delivery);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("the handler of {} threw", name, e);
            failed(handle, number);
        }
    }

    /** It and those after it come again later, in their order; in the end it is left and frees its place. */
    private synchronized void failed(ConsumerHandle handle, long number) {
        if (open != handle || !window.contains(number)) {
            return;
        }
        if (redelivery.again(number)) {
            rewind(number);
            pausing = true;
            int inTurn = turn;
            timer.after(redelivery.pauseMs(), () -> resume(inTurn));
        } else {
            LOG.error("a message for {} is left until its consumer is opened again: its handler keeps failing", name);
            drops.drop("delivery-not-taken", null);
            outstanding.remove(number);
            handOver();
        }
    }

    private synchronized void resume(int inTurn) {
        if (turn == inTurn) {
            pausing = false;
            handOver();
        }
    }

    /** What was to be handed over from this number on is not due any more. */
    private void rewind(long number) {
        turn++;
        pausing = false;
        outstanding.removeIf(each -> each >= number);
        window.rewind(number);
    }

    private void acknowledge(long number) {
        synchronized (this) {
            DeliveryWindow.Loaded done = window.acknowledge(number);
            if (done == null) {
                return;
            }
            room.free(done.delivery().bytes().length);
            outstanding.remove(number);
            owed.remove(number);
            handOver();
        }
        store.commit(List.of(new StoreChange.RemoveDelivery(name, number))).whenComplete((nothing, failure) -> {
            if (failure != null) {
                LOG.warn("a delivery to {} could not be noted: it may come again after a restart", name, failure);
            }
        });
    }

    private void load() {
        long after;
        long upTo;
        int most;
        long mostBytes;
        NavigableMap<Long, StoredDelivery> next;
        synchronized (this) {
            after = window.loadedUpTo();
            upTo = window.committedUpTo();
            most = window.room();
            mostBytes = window.roomBytes();
            // Before the store is read: what it is given meanwhile is among these, or is read.
            next = new TreeMap<>(owed.subMap(after, false, upTo, true));
        }
        long readUpTo;
        try {
            // Outside the lock: the store's own thread may be waiting for it.
            readUpTo = read(after, most, mostBytes, next);
        } catch (UncheckedIOException e) {
            LOG.debug("what waits for {} cannot be read now", name, e);
            timer.after(READ_AGAIN_MS, () -> dispatcher.event(this::load));
            return;
        }
        synchronized (this) {
            loading = false;
            // What the store has beyond that will be told of, and something that it is owed may come before it.
            window.loaded(next.headMap(Math.min(readUpTo, upTo), true).values(), upTo, readUpTo >= upTo, nowMs());
            handOver();
        }
    }

    /** Reads on into {@code next}. @return the last number up to which all is there, the greatest one when that is all */
    private long read(long after, int most, long mostBytes, Map<Long, StoredDelivery> next) {
        long upTo = after;
        int count = 0;
        long bytes = 0;
        while (count < most && bytes < mostBytes) {
            int wantedNow = Math.min(READ_AT_ONCE, most - count);
            List<StoredDelivery> read = store.deliveries(name, upTo, wantedNow);
            for (StoredDelivery delivery : read) {
                next.put(delivery.number(), delivery);
                bytes += delivery.bytes().length;
                upTo = delivery.number();
            }
            count += read.size();
            if (read.size() < wantedNow) {
                return Long.MAX_VALUE;
            }
        }
        return upTo;
    }
}
