// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.mqtt.broker.Arrival;
import io.streamrelay.mqtt.broker.BrokerLink;
import io.streamrelay.mqtt.broker.Subscription;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Keeps the broker's subscriptions as they are wanted, by the difference alone. Those that share topics with new ones
 * end after these are made, by a {@link Handover}. Lives on the bridge's thread.
 */
final class Subscriptions {

    private static final long STEP_MS = 50;

    private final BridgeThread thread;
    private final StateLog log;
    /** By their filters. */
    private final Map<String, Subscription> wanted = new LinkedHashMap<>();

    private final Set<Subscription> made = new HashSet<>();
    private final Set<String> fresh = new HashSet<>();
    private final Twins twins = new Twins();
    private final Set<Subscription> unended = new HashSet<>();
    private BrokerLink link;
    private Handover handover;
    private List<Subscription> wantedNext;

    Subscriptions(BridgeThread thread, StateLog log) {
        this.thread = thread;
        this.log = log;
    }

    /** The broker has forgotten what was subscribed. */
    void forget() {
        made.clear();
        fresh.clear();
        unended.clear();
    }

    /**
     * Subscribes what is wanted and not subscribed yet.
     *
     * @param carriedBefore whether this bridge or another has carried what is retained now
     */
    void connected(BrokerLink connected, boolean carriedBefore) {
        link = connected;
        List<CompletionStage<Void>> making = wanted.values().stream()
                .map(subscription -> make(subscription, !carriedBefore))
                .toList();
        List<Subscription> again = List.copyOf(unended);
        unended.clear();
        again.stream().filter(each -> !wanted.containsKey(each.filter())).forEach(this::unsubscribe);
        if (handover != null) {
            // What was under way when the connection went, or was wanted meanwhile, begins anew.
            begin(new Handover(twins, handover.leaving(), wanted.values()), making);
        }
    }

    void lost() {
        link = null;
    }

    /** Makes these the subscriptions, now or when there is a connection. */
    void want(List<Subscription> subscriptions) {
        if (handover != null && link != null && !subscriptions.isEmpty()) {
            wantedNext = subscriptions;
            return;
        }
        wantedNext = null;
        Map<String, Subscription> next = subscriptions.stream()
                .collect(Collectors.toMap(Subscription::filter, each -> each, (one, same) -> one, LinkedHashMap::new));
        List<Subscription> coming = next.values().stream()
                .filter(each -> !wanted.containsKey(each.filter()))
                .toList();
        List<Subscription> leaving = new ArrayList<>(handover == null ? List.of() : handover.leaving());
        wanted.values().stream()
                .filter(each -> !next.containsKey(each.filter()))
                .forEach(leaving::add);
        leaving.removeIf(each -> next.containsKey(each.filter()));
        List<Subscription> sharing = leaving.stream()
                .filter(each -> link == null || shareTopics(each, coming))
                .toList();
        leaving.stream().filter(each -> !sharing.contains(each)).forEach(this::unsubscribe);
        for (Subscription each : leaving) {
            made.remove(each);
            fresh.remove(each.filter());
        }
        wanted.clear();
        wanted.putAll(next);
        List<CompletionStage<Void>> making =
                next.values().stream().map(each -> make(each, true)).toList();
        handover = null;
        if (!sharing.isEmpty()) {
            begin(new Handover(twins, sharing, coming), making);
        }
    }

    private static boolean shareTopics(Subscription one, List<Subscription> others) {
        return others.stream().anyMatch(other -> TopicFilter.overlap(one.filter(), other.filter()));
    }

    private void begin(Handover begun, List<CompletionStage<Void>> making) {
        handover = begun;
        if (link == null) {
            return;
        }
        CompletableFuture.allOf(making.stream()
                        .map(CompletionStage::toCompletableFuture)
                        .toArray(CompletableFuture[]::new))
                .whenComplete((ok, failure) -> thread.execute(() -> {
                    begun.subscribed(thread.nowMs());
                    step(begun, false);
                }));
    }

    /** Looks now and then whether the old subscriptions may end, and when they have, whether all is over. */
    private void step(Handover mine, boolean ending) {
        if (mine != handover || link == null) {
            return;
        }
        boolean ends = ending;
        if (!ending && mine.mayEnd(thread.nowMs())) {
            ends = true;
            mine.ending();
            CompletableFuture.allOf(mine.leaving().stream()
                            .map(each -> unsubscribe(each).toCompletableFuture())
                            .toArray(CompletableFuture[]::new))
                    .whenComplete((ok, failure) -> thread.execute(() -> mine.ended(thread.nowMs())));
        }
        if (mine.isOver(thread.nowMs())) {
            handover = null;
            if (wantedNext != null) {
                want(wantedNext);
            }
            return;
        }
        boolean stillEnding = ends;
        thread.schedule(STEP_MS, () -> step(mine, stillEnding));
    }

    /** Whether a change of subscriptions made the broker send this message twice, and it is not to be taken again. */
    boolean isSecondCopy(Arrival arrival) {
        return handover != null && handover.isSecondCopy(arrival, thread.nowMs());
    }

    private CompletionStage<Void> make(Subscription subscription, boolean isFresh) {
        if (link == null || made.contains(subscription)) {
            return CompletableFuture.completedFuture(null);
        }
        BrokerLink by = link;
        if (isFresh) {
            fresh.add(subscription.filter());
        }
        return by.subscribe(isFresh ? subscription : live(subscription))
                .whenComplete((ok, failure) -> thread.execute(() -> {
                    if (failure != null) {
                        log.trouble(
                                "the broker does not let it subscribe " + subscription.filter(), failure.getMessage());
                    } else if (by == link) {
                        made.removeIf(old -> old.filter().equals(subscription.filter()));
                        made.add(subscription);
                    }
                }));
    }

    /** Without what is retained. */
    private static Subscription live(Subscription subscription) {
        return new Subscription(subscription.filter(), subscription.qos(), Subscription.Kind.APPLICATIONS_LIVE);
    }

    private CompletionStage<Void> unsubscribe(Subscription subscription) {
        if (link == null) {
            return CompletableFuture.completedFuture(null);
        }
        return link.unsubscribe(subscription.filter()).whenComplete((ok, failure) -> {
            if (failure != null) {
                thread.execute(() -> {
                    log.trouble(
                            "unsubscribing failed and is tried again over the next connection", failure.getMessage());
                    unended.add(subscription);
                });
            }
        });
    }

    /** Whether retained messages of a topic come because its subscription is new, not because it was repeated. */
    boolean isFresh(String topic) {
        return fresh.stream().anyMatch(filter -> TopicFilter.matches(filter, topic));
    }
}
