// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Message;
import io.streamrelay.mqtt.broker.Arrival;
import io.streamrelay.mqtt.broker.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Decides which of the broker's messages go into the mesh, and as what. Lives on the bridge's thread. */
final class Outbound {

    private final BridgeContext context;
    private final OutLane lane;
    private final Consumer<Fingerprint> whenSeen;

    /** @param whenSeen told of each publication of another bridge of this subcluster */
    Outbound(BridgeContext context, OutLane lane, Consumer<Fingerprint> whenSeen) {
        this.context = context;
        this.lane = lane;
        this.whenSeen = whenSeen;
    }

    void arrived(Arrival arrival) {
        Message message = arrival.message();
        Fingerprint fingerprint = Fingerprint.of(message.topic(), message.payload());
        context.subscriptions().heard(message.topic(), fingerprint);
        SendName name = SendName.of(arrival, fingerprint);
        String topic = message.retained() ? null : message.topic();
        if (!lane.takesAgain(name, topic, arrival.repeated(), arrival.acknowledgement())) {
            Message withItsWay = isRepeated(message) ? message : withItsWay(message, fingerprint);
            Optional<Runnable> echo = echo(withItsWay, fingerprint);
            if (echo.isPresent()) {
                // First the broker's copy must be gone: after a crash in between nobody would know it.
                lane.take(name, topic, List.of(), inTurn(arrival.acknowledgement(), echo.get()));
            } else {
                lane.take(name, topic, toSend(withItsWay, fingerprint), arrival.acknowledgement());
            }
        }
    }

    private static Runnable inTurn(Runnable first, Runnable second) {
        return () -> {
            first.run();
            second.run();
        };
    }

    private List<Message> toSend(Message message, Fingerprint fingerprint) {
        if (!canCarryItsWay(message)) {
            return List.of();
        }
        List<Message> messages = new ArrayList<>(1);
        for (Hop hop : context.routes().out(message.topic())) {
            if (context.responsibility().sends(message.topic(), hop.topic())) {
                messages.add(carried(message, hop));
            }
        }
        if (!messages.isEmpty()) {
            context.unmarked().passed(message.topic(), fingerprint);
        }
        return messages;
    }

    /** Whether the broker tells again what was published before this bridge subscribed. */
    private boolean isRepeated(Message message) {
        return message.retained() && !context.version().carriesProperties();
    }

    /** With the places that it has passed, which another bridge has told where the message itself can't. */
    private Message withItsWay(Message message, Fingerprint fingerprint) {
        List<String> places =
                context.unmarked().takeOthers(fingerprint, context.nowMs()).orElse(List.of());
        return Via.places(message).isEmpty() ? Via.passed(message, places) : message;
    }

    /** What is to be done when it is acknowledged, if it is something that this bridge has published. */
    private Optional<Runnable> echo(Message message, Fingerprint fingerprint) {
        if (Via.hasPassed(message, context.subcluster().hex())) {
            whenSeen.accept(fingerprint);
            return Optional.of(() -> {});
        }
        if (isRepeated(message)) {
            boolean isOld = !context.subscriptions().isFresh(message.topic())
                    || context.unmarked().isOldNews(message, fingerprint);
            return isOld ? Optional.of(() -> {}) : Optional.empty();
        }
        return Via.places(message).isEmpty()
                ? context.unmarked().own().take(fingerprint, context.nowMs())
                : Optional.empty();
    }

    /** A raw message would lose the places that it has passed, and could go in circles for ever. */
    private boolean canCarryItsWay(Message message) {
        return context.routes().format() == Format.ENVELOPE
                || Via.places(message).isEmpty();
    }

    private Message carried(Message message, Hop hop) {
        List<Message.Property> properties = PublicationId.without(
                context.marks().latest().map(mark -> Via.marked(message, mark)).orElse(message.properties()));
        return new Message(
                hop.topic(),
                message.payload(),
                Math.min(message.qos(), hop.qos()),
                retained(message),
                message.contentType(),
                properties);
    }

    /** MQTT 3.1.1 hides the flag of live publications; an empty one has no other sense than to clear its topic. */
    private boolean retained(Message message) {
        return message.retained() || !context.version().carriesProperties() && message.payload().length == 0;
    }
}
