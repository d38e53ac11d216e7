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

    Subscriptions(BridgeThread thread, StateLog log) {
        this.thread = thread;
        this.log = log;
    }

    /** The broker has forgotten what was subscribed. */
    void forget() {
        made.clear();
        fresh.clear();
    }

    /**
     * Subscribes what is wanted and not subscribed yet.
     *
     * @param carriedBefore whether this bridge or another has carried what is retained now
     */
    void connected(BrokerLink connected, boolean carriedBefore) {
        link = connected;
        wanted.forEach(subscription -> make(subscription, !carriedBefore));
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
                make(subscription, true);
            }
        }
    }

    private void make(Subscription subscription, boolean isFresh) {
        if (link == null || made.contains(subscription)) {
            return;
        }
        BrokerLink by = link;
        if (isFresh) {
            fresh.add(subscription.filter());
        }
        by.subscribe(isFresh ? subscription : live(subscription))
                .whenComplete((ok, failure) -> thread.execute(() -> {
                    if (failure != null) {
                        log.trouble(
                                "the broker does not let it subscribe " + subscription.filter(), failure.getMessage());
                    } else if (by == link) {
                        made.add(subscription);
                    }
                }));
    }

    /** Without what is retained. */
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
