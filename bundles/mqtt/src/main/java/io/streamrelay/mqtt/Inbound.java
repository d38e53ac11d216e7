// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Delivery;
import io.streamrelay.api.Message;
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
     */
    record Waiting(Delivery delivery, long emittedMs) {}

    private final BridgeContext context;
    private final InLane lane;
    private final Standby standby;
    private final Function<Fingerprint, Message> noteForOthers;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean started;

    /** @param noteForOthers makes what tells other bridges that a publication is not an application's */
    Inbound(BridgeContext context, InLane lane, Standby standby, Function<Fingerprint, Message> noteForOthers) {
        this.context = context;
        this.lane = lane;
        this.standby = standby;
        this.noteForOthers = noteForOthers;
    }

    void deliver(Delivery delivery) {
        waiting.addLast(new Waiting(delivery, context.nowMs() - delivery.ageMs()));
        pump();
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
            next.delivery.acknowledge();
            return;
        }
        List<Hop> mine = with(Responsibility.Duty.PUBLISH, hops, next);
        if (!mine.isEmpty()) {
            publish(next, mine);
            return;
        }
        List<Hop> visible = with(Responsibility.Duty.STAND_BY, hops, next).stream()
                .filter(hop -> isSeen(hop.topic()))
                .toList();
        if (visible.isEmpty()) {
            next.delivery.acknowledge();
        } else {
            standby.hold(next, Fingerprint.of(visible.get(0).topic(), message.payload()), context.nowMs());
        }
    }

    private boolean hasPassedThisBroker(Message message) {
        return context.marks().all().stream().anyMatch(mark -> Via.hasPassed(message, mark));
    }

    private List<Hop> with(Responsibility.Duty duty, List<Hop> hops, Waiting next) {
        String meshTopic = next.delivery.message().topic();
        return hops.stream()
                .filter(hop -> context.responsibility().duty(meshTopic, hop.topic(), next.emittedMs) == duty)
                .toList();
    }

    /** Whether this bridge sees for sure what others publish; raw messages do not tell when they were emitted. */
    private boolean isSeen(String localTopic) {
        return context.routes().format() == Format.ENVELOPE
                && context.routes().out(localTopic).stream().anyMatch(hop -> hop.qos() > 0);
    }

    private void publish(Waiting next, List<Hop> hops) {
        int[] open = {hops.size()};
        for (Hop hop : hops) {
            Message publication = published(next.delivery.message(), hop);
            remember(publication);
            lane.publish(publication, () -> {
                if (--open[0] == 0) {
                    next.delivery.acknowledge();
                }
            });
        }
    }

    private Message published(Message message, Hop hop) {
        int qos = Math.min(message.qos(), hop.qos());
        List<Message.Property> properties = context.version().carriesProperties()
                ? Via.marked(message, context.subcluster().hex())
                : List.of();
        return new Message(hop.topic(), message.payload(), qos, message.retained(), message.contentType(), properties);
    }

    private void remember(Message publication) {
        boolean othersAreBlind = context.responsibility().othersAreBlind(publication.topic());
        if (context.version().carriesProperties() && !othersAreBlind) {
            return;
        }
        Fingerprint fingerprint = Fingerprint.of(publication.topic(), publication.payload());
        if (othersAreBlind) {
            lane.publish(noteForOthers.apply(fingerprint), () -> {});
        }
        if (!context.version().carriesProperties()) {
            if (!context.routes().out(publication.topic()).isEmpty()) {
                context.ownPublications().add(fingerprint, context.nowMs());
            }
            context.ownPublications().passed(publication.topic(), fingerprint);
        }
    }
}
