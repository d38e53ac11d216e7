// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.mqtt.broker.BrokerLink;
import io.streamrelay.mqtt.broker.Subscription;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Keeps the broker's subscriptions as they are wanted, by the difference alone. Lives on the bridge's thread. */
final class Subscriptions {

    private final BridgeThread thread;
    private final StateLog log;
    private final Set<Subscription> wanted = new LinkedHashSet<>();
    private final Set<Subscription> made = new HashSet<>();
    private final Set<String> fresh = new HashSet<>();
    private BrokerLink link;
    private boolean sessionPresent;

    Subscriptions(BridgeThread thread, StateLog log) {
        this.thread = thread;
        this.log = log;
    }

    void connected(BrokerLink connected, boolean present) {
        link = connected;
        sessionPresent = present;
        if (!present) {
            made.clear();
            fresh.clear();
        }
        wanted.forEach(this::make);
    }

    void lost() {
        link = null;
    }

    /** Makes these the subscriptions, now or when there is a connection. */
    void want(List<Subscription> subscriptions) {
        Set<String> filters = new HashSet<>();
        subscriptions.forEach(subscription -> filters.add(subscription.filter()));
        for (Subscription old : List.copyOf(wanted)) {
            if (!filters.contains(old.filter())) {
                wanted.remove(old);
                made.remove(old);
                fresh.remove(old.filter());
                unsubscribe(old);
            }
        }
        for (Subscription subscription : subscriptions) {
            if (wanted.add(subscription)) {
                wanted.removeIf(old -> !old.equals(subscription) && old.filter().equals(subscription.filter()));
                sessionPresent = false;
                make(subscription);
            }
        }
    }

    private void make(Subscription subscription) {
        if (link == null || made.contains(subscription)) {
            return;
        }
        BrokerLink by = link;
        if (!sessionPresent) {
            fresh.add(subscription.filter());
        }
        by.subscribe(subscription)
                .whenComplete((ok, failure) -> thread.execute(() -> {
                    if (failure != null) {
                        log.trouble(
                                "the broker does not let it subscribe " + subscription.filter(), failure.getMessage());
                    } else if (by == link) {
                        made.add(subscription);
                    }
                }));
    }

    /** What was retained while the broker kept a session has been carried, by this bridge or by another. */
    private static Subscription live(Subscription subscription) {
        return new Subscription(subscription.filter(), subscription.qos(), Subscription.Kind.APPLICATIONS_LIVE);
    }

    private void unsubscribe(Subscription subscription) {
        if (link != null) {
            link.unsubscribe(subscription.filter()).whenComplete((ok, failure) -> {
                if (failure != null) {
                    thread.execute(() -> log.trouble("unsubscribing failed", failure.getMessage()));
                }
            });
        }
    }

    /** Whether retained messages of a topic come because its subscription is new, not because it was repeated. */
    boolean isFresh(String topic) {
        return fresh.stream().anyMatch(filter -> TopicFilter.matches(filter, topic));
    }
}
