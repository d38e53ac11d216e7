// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Delivery;
import io.streamrelay.api.Message;
import io.streamrelay.api.Origin;
import io.streamrelay.mqtt.broker.Fingerprint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** Decides which of the mesh's messages are published on the broker, and as what. Lives on the bridge's thread. */
final class Inbound {

    /**
     * A delivery that has not been decided about.
     *
     * @param emittedMs when it was emitted, on this bridge's clock
     * @param late whether it came while this bridge was away from the broker, so that others may have published it
     * @param whenSettled done when the mesh need not hand it over again
     */
    record Waiting(Delivery delivery, long emittedMs, boolean late, Runnable whenSettled) {

        void acknowledge() {
            delivery.acknowledge();
            whenSettled.run();
        }
    }

    private final BridgeContext context;
    private final InLane lane;
    private final Standby standby;
    private final Function<Note, Message> noteForOthers;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Returning returning;
    private boolean started;

    /** @param noteForOthers makes what tells other bridges that a publication is not an application's */
    Inbound(BridgeContext context, InLane lane, Standby standby, Function<Note, Message> noteForOthers) {
        this.context = context;
        this.returning = new Returning(context);
        this.lane = lane;
        this.standby = standby;
        this.noteForOthers = noteForOthers;
    }

    void deliver(Delivery delivery) {
        Waiting fresh = new Waiting(delivery, context.nowMs() - delivery.ageMs(), !started, () -> settled(delivery));
        expectIfPublished(fresh);
        waiting.addLast(fresh);
        pump();
    }

    /** It is known what the broker has. */
    void connected() {
        waiting.forEach(this::expectIfPublished);
    }

    /** It is known who is on the broker now. */
    void start() {
        started = true;
        reconsider();
    }

    /** Decides nothing until it is known again. */
    void stop() {
        started = false;
    }

    /** Goes on with what waits, as far as the broker takes it. */
    void pump() {
        while (started && lane.hasRoom() && !waiting.isEmpty()) {
            decide(waiting.removeFirst());
        }
    }

    /** Others have come or gone: what they were to publish may be this bridge's now. */
    void reconsider() {
        if (!started) {
            return;
        }
        List<Waiting> again = new ArrayList<>(standby.all());
        Collections.reverse(again);
        again.forEach(waiting::addFirst);
        pump();
    }

    /** Publishes what others were to publish and have not. */
    void publishOverdue() {
        if (started) {
            for (Waiting message : standby.overdue(context.nowMs())) {
                publish(message, context.routes().in(message.delivery.message().topic()));
            }
        }
    }

    private void decide(Waiting next) {
        Message message = next.delivery.message();
        List<Hop> hops = context.routes().in(message.topic());
        if (hops.isEmpty() || hasPassedThisBroker(message)) {
            next.acknowledge();
            return;
        }
        List<Hop> mine = new ArrayList<>();
        List<Hop> held = new ArrayList<>();
        for (Hop hop : hops) {
            switch (context.responsibility().duty(message.topic(), hop.topic(), next.emittedMs)) {
                case PUBLISH -> mine.add(hop);
                case PUBLISH_UNLESS_SEEN -> (isVisible(hop) ? held : mine).add(hop);
                case STAND_BY -> held.add(hop);
                case LEAVE -> {
                    // Another bridge does.
                }
            }
        }
        held.removeIf(hop -> !isVisible(hop));
        if (mine.isEmpty() && !held.isEmpty()) {
            standby.hold(next, Fingerprint.of(held.get(0).topic(), message.payload()), context.nowMs());
        } else {
            publish(next, next.late ? unseen(mine, message) : mine);
        }
    }

    private boolean hasPassedThisBroker(Message message) {
        return context.marks().all().stream().anyMatch(mark -> Via.hasPassed(message, mark));
    }

    private List<Hop> unseen(List<Hop> hops, Message message) {
        return hops.stream()
                .filter(hop -> !standby.hasSeen(Fingerprint.of(hop.topic(), message.payload()), context.nowMs()))
                .toList();
    }

    /** Whether this bridge sees for sure what others publish; raw messages do not tell when they were emitted. */
    private boolean isVisible(Hop hop) {
        return context.routes().format() == Format.ENVELOPE
                && context.routes().out(hop.topic()).stream().anyMatch(way -> way.qos() > 0);
    }

    /** Publishes it everywhere that is given, and acknowledges it when the broker has all. */
    private void publish(Waiting next, List<Hop> hops) {
        if (hops.isEmpty()) {
            next.acknowledge();
            return;
        }
        int[] open = {hops.size()};
        Runnable oneDone = () -> {
            if (--open[0] == 0) {
                next.acknowledge();
            }
        };
        for (Hop hop : hops) {
            Message publication = published(next.delivery, hop);
            String name = name(next.delivery, hop);
            remember(publication, next.delivery.message());
            if (returning.isAwaited(publication)) {
                open[0]++;
                returning.of(publication, name).thenRun(oneDone);
            }
            lane.publish(publication, name, () -> {
                context.report().toBroker();
                oneDone.run();
            });
        }
    }

    private void settled(Delivery delivery) {
        context.routes().in(delivery.message().topic()).forEach(hop -> lane.settled(name(delivery, hop)));
    }

    private void expectIfPublished(Waiting message) {
        for (Hop hop : context.routes().in(message.delivery.message().topic())) {
            Message publication = published(message.delivery, hop);
            String name = name(message.delivery, hop);
            if (returning.isAwaited(publication) && lane.hasPublished(name)) {
                returning.publishedBefore(publication, name);
            }
        }
    }

    /** An envelope carries several messages, and a message may lead to several topics. */
    private static String name(Delivery delivery, Hop hop) {
        int position = delivery.origin().map(Origin::position).orElse(0);
        return delivery.packetId().hex() + "/" + position + "/" + hop.topic();
    }

    private Message published(Delivery delivery, Hop hop) {
        Message message = delivery.message();
        List<Message.Property> properties = context.version().carriesProperties()
                ? Historical.marked(Via.marked(message, context.subcluster().hex()), delivery)
                : List.of();
        return new Message(
                hop.topic(),
                message.payload(),
                qos(message, hop),
                message.retained(),
                message.contentType(),
                properties);
    }

    /**
     * A route of QoS 2 hands over exactly once whatever its sender was acknowledged: with QoS 1 the broker takes what it has not
     * acknowledged when this process ends for two messages.
     */
    private static int qos(Message message, Hop hop) {
        return message.qos() == 1 && hop.qos() == 2 ? 2 : Math.min(message.qos(), hop.qos());
    }

    private void remember(Message publication, Message delivered) {
        boolean othersAreBlind = context.responsibility().othersAreBlind(publication.topic());
        if (context.version().carriesProperties() && !othersAreBlind) {
            return;
        }
        Fingerprint fingerprint = Fingerprint.of(publication.topic(), publication.payload());
        if (othersAreBlind) {
            // The most important one first, should there be too many.
            List<String> places = new ArrayList<>(List.of(context.subcluster().hex()));
            places.addAll(Via.places(delivered));
            lane.publish(noteForOthers.apply(new Note(fingerprint, places)), "", () -> {});
        }
        if (!context.version().carriesProperties()) {
            if (returning.isOne(publication) && !returning.isAwaited(publication)) {
                context.unmarked().own().add(fingerprint, context.nowMs());
            }
            context.unmarked().passed(publication.topic(), fingerprint);
        }
    }
}
