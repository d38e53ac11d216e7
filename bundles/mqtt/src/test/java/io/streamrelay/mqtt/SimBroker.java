// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Message;
import io.streamrelay.api.TopicFilter;
import io.streamrelay.mqtt.broker.MqttVersion;
import io.streamrelay.mqtt.broker.Subscription;
import io.streamrelay.mqtt.broker.Will;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A broker in memory that keeps one order of all it is told, as Mosquitto does, and queues for absent sessions. */
final class SimBroker {

    /** @param number tells it from all others, also where packet identifiers are used again */
    record Queued(
            long number,
            int packetId,
            boolean repeated,
            Message message,
            List<Subscription> by,
            Set<Integer> subscriptions) {

        Queued saying(Set<Integer> named) {
            return new Queued(number, packetId, repeated, message, by, named);
        }

        Queued again() {
            return new Queued(number, packetId, true, message, by, subscriptions);
        }
    }

    /** What the broker keeps of one client. */
    static final class Session {
        final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
        /** Filters of subscriptions that are not named, for they are just being made or ended. */
        final Set<String> unnamed = new HashSet<>();
        /** By filter, the number of the queue of each subscription; what comes by every second of them comes late. */
        final Map<String, Integer> queues = new HashMap<>();

        final Deque<Queued> unsent = new ArrayDeque<>();
        final Map<Integer, Queued> unacknowledged = new LinkedHashMap<>();
        /** Publications of QoS 2 whose exchange is not over; the next client of the session numbers its own anew. */
        final Set<Object> receivedExactlyOnce = new HashSet<>();
        /** What the client would keep on its disk: packet identifiers it has taken, and messages it has not dealt with. */
        final Set<Integer> taken = new HashSet<>();

        final Deque<Queued> untreated = new ArrayDeque<>();
        /** And the names of what it has published with QoS 2, and goes on with. */
        final Set<String> published = new HashSet<>();
        /** Those of them that it may forget. */
        final Set<String> settled = new HashSet<>();

        void keep(Message message, String name) {
            if (message.qos() == 2 && !name.isEmpty()) {
                published.add(name);
            }
        }

        SimLink link;
        Will will;
        int packetIds;
        int made;
    }

    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final Map<String, Message> retained = new LinkedHashMap<>();
    private final Map<String, Long> published = new LinkedHashMap<>();
    /** What an application heard that subscribes to everything from the beginning. */
    private final List<Message> heard = new ArrayList<>();

    /** How often of late each retained message was published that a new subscriber is not told of yet. */
    private final Map<String, Integer> overlooked = new HashMap<>();

    private long numbers;

    boolean reachable = true;
    boolean forgetsToAnswer;
    boolean forgetsToConfirmSubscriptions;
    /** It says of every session that it has kept it, and marks live publications as retained; as Artemis 2.6 does. */
    boolean isCareless;
    /** Who subscribes just after a retained message was published hears nothing of it; so may it be with Artemis. */
    boolean overlooksWhatIsNew;
    /** It takes what is published, and sends nothing. */
    boolean isBehind;
    /** How much later a message comes by each further subscription. */
    long busyMs;
    /** How much later a message comes by every second of the subscriptions that are made. */
    long unevenMs;
    /** How many messages may be unacknowledged at once. */
    int receiveMax = 20;

    /** What becomes of a message that several subscriptions of a client match. */
    enum Copies {
        /** One is sent. */
        ONE,
        /** One for each, which says which it is. */
        EACH,
        /** One for each, and all say all that there are when they leave; as Artemis does. */
        EACH_SAYING_ALL,
        /**
         * The same, but all are those that it has told its client about: the queue of a subscription is there before,
         * and stays until after. Such is Artemis in truth.
         */
        EACH_SAYING_ALL_LATE
    }

    /** How long the latter takes to make or end a subscription. */
    static final long LATE_MS = 40;

    Copies copies = Copies.ONE;

    List<Message> heard() {
        return heard;
    }

    Message retained(String topic) {
        return retained.get(topic);
    }

    /** How many messages wait in sessions for a client to take them. */
    int backlog() {
        return sessions.values().stream()
                .flatMap(session -> Stream.concat(session.unsent.stream(), session.unacknowledged.values().stream()))
                .filter(queued -> !queued.message().topic().startsWith(Route.RESERVED))
                .toList()
                .size();
    }

    /** How many bridges say that they are here. */
    int announcements() {
        return (int) retained.keySet().stream()
                .filter(topic -> topic.startsWith("streamrelay/bridges/"))
                .filter(topic -> topic.chars().filter(c -> c == '/').count() == 3)
                .count();
    }

    /** What is subscribed, but for what bridges tell each other. */
    Set<String> filters() {
        return sessions.values().stream()
                .flatMap(session -> session.subscriptions.keySet().stream())
                .filter(filter -> !filter.startsWith(Route.RESERVED))
                .collect(Collectors.toSet());
    }

    /** @return whether there was a session */
    boolean connect(SimLink link, String clientId, Will will) {
        boolean present = sessions.containsKey(clientId);
        Session session = sessions.computeIfAbsent(clientId, id -> new Session());
        session.link = link;
        session.will = will;
        Deque<Queued> again = new ArrayDeque<>(session.unacknowledged.values());
        session.unacknowledged.clear();
        while (!again.isEmpty()) {
            session.unsent.addFirst(again.removeLast().again());
        }
        return present || isCareless;
    }

    /** The client is gone; with its last will unless it said goodbye. */
    void disconnect(SimLink link, boolean goodbye) {
        for (Session session : sessions.values()) {
            if (session.link == link) {
                session.link = null;
                if (!goodbye) {
                    byte[] payload = session.will.text().getBytes(StandardCharsets.UTF_8);
                    publish(null, new Message(session.will.topic(), payload, 1, true, null, List.of()));
                }
                return;
            }
        }
    }

    /** Forgets everything but what applications heard. */
    void forget() {
        sessions.clear();
        retained.clear();
    }

    /** What a client would know from its disk. */
    boolean hasPublished(String clientId, String name) {
        Session session = sessions.get(clientId);
        return session != null && session.published.contains(name);
    }

    void settled(String clientId, String name) {
        sessions.get(clientId).settled.add(name);
    }

    /** As when many others have passed since: what may be forgotten is. */
    void forgetSettled() {
        sessions.values().forEach(session -> session.published.removeAll(session.settled));
    }

    /** How many publications clients remember for ever. */
    int unsettled() {
        return sessions.values().stream()
                .mapToInt(session -> (int) session.published.stream()
                        .filter(name -> !session.settled.contains(name))
                        .count())
                .sum();
    }

    Session sessionOf(SimLink link) {
        return sessions.values().stream()
                .filter(session -> session.link == link)
                .findFirst()
                .orElse(null);
    }

    void subscribe(SimLink link, Subscription subscription) {
        Session session = sessionOf(link);
        boolean isNew = session.subscriptions.put(subscription.filter(), subscription) == null;
        if (isNew) {
            session.queues.put(subscription.filter(), ++session.made);
        }
        boolean five = link.version() == MqttVersion.FIVE;
        boolean live = five && subscription.kind() == Subscription.Kind.APPLICATIONS_LIVE;
        boolean once = five && subscription.kind() == Subscription.Kind.APPLICATIONS;
        if (!live && (isNew || !once)) {
            retained.values().stream()
                    .filter(message -> TopicFilter.matches(subscription.filter(), message.topic()))
                    .filter(message -> !overlooked.containsKey(message.topic()))
                    .forEach(message -> enqueue(session, link.version(), message, List.of(subscription), true));
        }
    }

    /** With what waits for it alone. */
    void unsubscribe(SimLink link, String filter) {
        Session session = sessionOf(link);
        session.subscriptions.remove(filter);
        session.queues.remove(filter);
        if (copies != Copies.ONE) {
            session.unsent.removeIf(queued -> queued.by().get(0).filter().equals(filter));
        }
    }

    private static Queued saysAll(Session session, Queued queued) {
        if (queued.subscriptions().isEmpty()) {
            return queued;
        }
        return queued.saying(identifiers(session.subscriptions.values().stream()
                .filter(each -> !session.unnamed.contains(each.filter()))
                .filter(each ->
                        TopicFilter.matches(each.filter(), queued.message().topic()))
                .toList()));
    }

    /** An application publishes. */
    void publish(Message message) {
        publish(null, message);
    }

    /** How often something was published at a topic. */
    long published(String topic) {
        return published.getOrDefault(topic, 0L);
    }

    void publish(SimLink from, Message message) {
        published.merge(message.topic(), 1L, Long::sum);
        if (message.retained()) {
            retained.remove(message.topic());
            if (message.payload().length > 0) {
                retained.put(message.topic(), message);
            }
            if (overlooksWhatIsNew && from != null) {
                overlooked.merge(message.topic(), 1, Integer::sum);
                from.atBroker(
                        LATE_MS, () -> overlooked.computeIfPresent(message.topic(), (t, n) -> n == 1 ? null : n - 1));
            }
        }
        if (!message.topic().startsWith(Route.RESERVED)) {
            heard.add(message);
        }
        sessions.values().forEach(session -> publish(from, message, session));
    }

    private void publish(SimLink from, Message message, Session session) {
        boolean five = session.link == null || session.link.version() == MqttVersion.FIVE;
        boolean own = from != null && session.link == from;
        List<Subscription> matching = session.subscriptions.values().stream()
                .filter(each -> !(own && five && each.kind() != Subscription.Kind.BRIDGES))
                .filter(each -> TopicFilter.matches(each.filter(), message.topic()))
                .toList();
        if (matching.isEmpty()) {
            return;
        }
        boolean asPublished = isCareless || five && !message.topic().startsWith(Route.RESERVED);
        boolean flag = message.retained() && asPublished;
        MqttVersion version = five ? MqttVersion.FIVE : MqttVersion.THREE;
        switch (copies) {
            case ONE -> enqueue(session, version, message, matching, flag);
            case EACH, EACH_SAYING_ALL, EACH_SAYING_ALL_LATE -> enqueueEach(session, version, message, matching, flag);
        }
    }

    private void enqueueEach(
            Session session, MqttVersion version, Message message, List<Subscription> matching, boolean flag) {
        for (int number = 0; number < matching.size(); number++) {
            Subscription each = matching.get(number);
            Integer queue = session.queues.get(each.filter());
            long lateMs = number * busyMs + (queue % 2 == 0 ? unevenMs : 0);
            if (lateMs == 0) {
                enqueue(session, version, message, List.of(each), flag);
            } else {
                session.link.atBroker(lateMs, () -> {
                    if (queue.equals(session.queues.get(each.filter()))) {
                        enqueue(session, version, message, List.of(each), flag);
                    }
                });
            }
        }
    }

    private void enqueue(Session session, MqttVersion version, Message message, List<Subscription> by, boolean retain) {
        int qos = by.stream().mapToInt(Subscription::qos).max().orElse(0);
        boolean five = version == MqttVersion.FIVE;
        Message copy = new Message(
                message.topic(),
                message.payload(),
                Math.min(qos, message.qos()),
                retain,
                five ? message.contentType() : null,
                five ? message.properties() : List.of());
        session.packetIds = session.packetIds % 65535 + 1;
        Set<Integer> subscriptions = five ? identifiers(by) : Set.of();
        session.unsent.addLast(new Queued(++numbers, session.packetIds, false, copy, by, subscriptions));
        send(session);
    }

    private static Set<Integer> identifiers(Collection<Subscription> subscriptions) {
        return subscriptions.stream().map(Subscription::identifier).collect(Collectors.toSet());
    }

    void acknowledged(SimLink link, int packetId) {
        Session session = sessionOf(link);
        if (session != null) {
            session.unacknowledged.remove(packetId);
            send(session);
        }
    }

    void send(Session session) {
        while (!isBehind
                && session.link != null
                && !session.unsent.isEmpty()
                && session.unacknowledged.size() < receiveMax) {
            Queued next = session.unsent.removeFirst();
            if (next.message().qos() > 0) {
                session.unacknowledged.put(next.packetId(), next);
            }
            boolean saysAll = copies == Copies.EACH_SAYING_ALL || copies == Copies.EACH_SAYING_ALL_LATE;
            session.link.receive(saysAll ? saysAll(session, next) : next);
        }
    }
}
