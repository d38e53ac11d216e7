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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits for one durable consumer, whether it is open or not. Messages are committed first and handed over then.
 * Thread-safe.
 */
final class ConsumerQueue {

    /** How many deliveries a consumer may hold without having acknowledged them; a guess. */
    static final int OUTSTANDING_MAX = 256;

    /** How many deliveries wait for a consumer that is not open: one that has gone for good must not fill the store. */
    static final int UNCLAIMED_MAX = 10_000;

    /** How many bytes wait for a consumer that is open and takes nothing, a broker that is away: a full backlog. */
    static final long OUTBOX_BYTES_MAX = 256L << 20;

    private static final int LOADED_MAX = 4 * OUTSTANDING_MAX;

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
    private long lastNumber;
    private long waiting;
    private long waitingBytes;
    private boolean loading;
    private ConsumerHandle open;
    private int turn;
    private boolean pausing;
    private volatile Wanted wanted = Wanted.EVERYTHING;

    ConsumerQueue(String name, ConsumerParts parts) {
        this.name = name;
        this.store = parts.store();
        this.dispatcher = parts.dispatcher();
        this.drops = parts.drops();
        this.trails = parts.trails();
        this.timer = parts.timer();
        this.clock = parts.clock();
        sentNames = new SentNames(store, name);
        StoredQueue kept = store.queue(name);
        window = new DeliveryWindow(LOADED_MAX, kept.lastNumber());
        waiting = kept.deliveries();
        waitingBytes = kept.bytes();
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
            rewind(1);
        }
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
    synchronized void committed(List<StoredDelivery> deliveries) {
        long nowMs = nowMs();
        deliveries.forEach(delivery -> window.committed(delivery, nowMs));
        handOver();
    }

    /** Whether it has not been acknowledged. */
    synchronized boolean isWaiting(StoredDelivery delivery) {
        return delivery.number() > window.loadedUpTo() || window.contains(delivery.number());
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
        if (open == null && waiting >= UNCLAIMED_MAX) {
            drops.drop("consumer-absent", null);
            return false;
        }
        if (waitingBytes + bytes > OUTBOX_BYTES_MAX) {
            drops.drop("outbox-full", null);
            return false;
        }
        waiting++;
        waitingBytes += bytes;
        return true;
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
            waiting--;
            waitingBytes -= done.delivery().bytes().length;
            outstanding.remove(number);
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
        int room;
        synchronized (this) {
            after = window.loadedUpTo();
            upTo = window.committedUpTo();
            room = window.room();
        }
        // Outside the lock: the store's own thread may be waiting for it.
        List<StoredDelivery> next = store.deliveries(name, after, room);
        synchronized (this) {
            loading = false;
            window.loaded(next, upTo, next.size() < room, nowMs());
            handOver();
        }
    }
}
