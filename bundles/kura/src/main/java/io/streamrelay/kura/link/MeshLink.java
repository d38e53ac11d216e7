// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.link;

import io.streamrelay.api.Consumer;
import io.streamrelay.api.Delivery;
import io.streamrelay.api.DeliveryHandler;
import io.streamrelay.api.Interest;
import io.streamrelay.api.Message;
import io.streamrelay.api.Receipt;
import io.streamrelay.api.Registration;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A component's way into its subcluster, whether that is open or not. Lives on its component's thread, but for sending. */
public final class MeshLink {

    private static final long RETRY_MS = 1_000;

    private final StreamRelay relay;
    private final String consumerName;
    private final ScheduledExecutorService thread;
    private final Predicate<String> wanted;
    private final DeliveryHandler handler;
    private final long unclaimedMs;
    private final List<Delivery> unclaimed = new ArrayList<>();
    private Registration watch = () -> {};
    private volatile Subcluster subcluster;
    private volatile Consumer consumer;
    private volatile long claimedByMs;
    private int opened;
    private boolean receives;

    /**
     * @param consumerName the same after each start, for what waits meanwhile
     * @param thread the component's one
     * @param wanted which topics somebody wants
     * @param unclaimedMs how long what nobody wants yet is kept after receiving has begun, in milliseconds
     * @param handler takes what is wanted, and acknowledges it
     */
    public MeshLink(
            StreamRelay relay,
            String consumerName,
            ScheduledExecutorService thread,
            Predicate<String> wanted,
            long unclaimedMs,
            DeliveryHandler handler) {
        this.relay = relay;
        this.consumerName = consumerName;
        this.thread = thread;
        this.wanted = wanted;
        this.unclaimedMs = unclaimedMs;
        this.handler = handler;
    }

    /** @param name the subcluster's, which may be there or come later */
    public void follow(String name) {
        watch.close();
        leave();
        watch = relay.watch(name, found -> thread.execute(() -> found(found)));
    }

    private void found(Optional<Subcluster> found) {
        leave();
        subcluster = found.orElse(null);
        receive();
    }

    /** Whether there is something to receive; what comes meanwhile waits. */
    public void receives(boolean now) {
        receives = now;
        if (now) {
            receive();
            claim();
        } else {
            leaveConsumer();
        }
    }

    private void receive() {
        Subcluster in = subcluster;
        if (!receives || in == null || consumer != null) {
            return;
        }
        int mine = ++opened;
        claimedByMs = nowMs() + unclaimedMs;
        try {
            consumer = in.consume(
                    consumerName,
                    Interest.inTopics(topic -> nowMs() < claimedByMs || wanted.test(topic)),
                    delivery -> thread.execute(() -> delivered(mine, delivery)));
            thread.schedule(this::claim, unclaimedMs, TimeUnit.MILLISECONDS);
        } catch (IllegalStateException e) {
            // An earlier one of this name takes a moment to go.
            thread.schedule(this::receive, RETRY_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void delivered(int by, Delivery delivery) {
        // What a consumer has left behind that is closed comes again by the next.
        if (by == opened && consumer != null) {
            unclaimed.add(delivery);
            claim();
        }
    }

    private void claim() {
        boolean isOver = nowMs() >= claimedByMs;
        for (Iterator<Delivery> each = unclaimed.iterator(); each.hasNext(); ) {
            Delivery next = each.next();
            if (wanted.test(next.message().topic())) {
                each.remove();
                handler.deliver(next);
            } else if (isOver) {
                each.remove();
                next.acknowledge();
            }
        }
    }

    private static long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /** Empty while the subcluster is not open. */
    public Optional<Subcluster> subcluster() {
        return Optional.ofNullable(subcluster);
    }

    /** On any thread; empty while the subcluster is not open. */
    public Optional<CompletionStage<Receipt>> send(Message message) {
        Consumer by = consumer;
        Subcluster in = subcluster;
        if (by != null) {
            // Its own messages do not come back to it.
            return Optional.of(by.send(message));
        }
        return in == null ? Optional.empty() : Optional.of(in.send(message));
    }

    private void leave() {
        leaveConsumer();
        subcluster = null;
    }

    private void leaveConsumer() {
        // What was not handed on is handed over again to the next.
        unclaimed.clear();
        if (consumer != null) {
            consumer.close();
            consumer = null;
        }
    }

    /** What waits for the consumer stays. */
    public void close() {
        watch.close();
        leave();
    }
}
