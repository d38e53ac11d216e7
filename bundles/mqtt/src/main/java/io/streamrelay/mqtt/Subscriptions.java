// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.TopicFilter;
import io.streamrelay.mqtt.broker.Arrival;
import io.streamrelay.mqtt.broker.BrokerLink;
import io.streamrelay.mqtt.broker.Fingerprint;
import io.streamrelay.mqtt.broker.Subscription;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/**
 * Keeps the broker's subscriptions as they are wanted, by the difference alone. Those that share topics with new ones
 * end after these are made, by a {@link Handover}. Lives on the bridge's thread.
 */
final class Subscriptions {

    private static final long STEP_MS = 50;

    /** More messages than this that the mesh does not have yet may be a backlog: at 1,000 a second there are ten. */
    private static final int BACKLOG = 15;

    private final BridgeThread thread;
    private final StateLog log;
    /** By their filters. */
    private final Map<String, Subscription> wanted = new LinkedHashMap<>();

    private final Set<Subscription> made = new HashSet<>();
    private final Set<String> fresh = new HashSet<>();
    private final Twins twins = new Twins();
    private final Repetitions repetitions = new Repetitions();
    private final SubscriptionMemory memory;
    private final IntSupplier intake;
    private final Resequencer resequencer;
    private BrokerLink link;
    private long listeningMs;
    private long unansweredSinceMs = Long.MAX_VALUE;
    private Handover handover;
    private List<Subscription> wantedNext;

    /**
     * @param intake how many messages have come that the mesh does not have yet
     * @param resequencer takes what comes
     */
    Subscriptions(
            BridgeThread thread, StateLog log, SubscriptionMemory memory, IntSupplier intake, Resequencer resequencer) {
        this.intake = intake;
        this.resequencer = resequencer;
        this.memory = memory;
        this.thread = thread;
        this.log = log;
    }

    /** The broker has forgotten what was subscribed. */
    void forget() {
        twins.forget();
        made.clear();
        fresh.clear();
        memory.forget();
    }

    /**
     * What the broker may have forgotten is subscribed at the next connection: some say that they have kept the session
     * when they have not; Artemis 2.6 says so always.
     */
    void makeAgain() {
        made.clear();
    }

    /**
     * Subscribes what is wanted and not subscribed yet.
     *
     * @param carriedBefore whether this bridge or another has carried what is retained now
     * @param onAnswered told when the broker has made all of it, or refused to, over this connection
     */
    void connected(BrokerLink connected, boolean carriedBefore, Runnable onAnswered) {
        link = connected;
        listeningMs = thread.nowMs();
        List<CompletionStage<Void>> making = wanted.values().stream()
                .map(subscription -> make(subscription, !carriedBefore))
                .toList();
        List<Subscription> left = memory.filters().stream()
                .filter(filter -> !wanted.containsKey(filter))
                .map(filter -> new Subscription(filter, 0, Subscription.Kind.APPLICATIONS))
                .toList();
        // What was under way when the connection went, changed meanwhile, or was left by an earlier life.
        handover = null;
        if (!left.isEmpty()) {
            // What has waited at the broker comes all at once, whether it repeats itself or not.
            begin(new Handover(thread.nowMs(), twins, (topic, withinMs) -> true, left, wanted.values()), making);
        }
        unansweredSinceMs = thread.nowMs();
        all(making)
                .whenComplete((ok, refused) -> thread.execute(() -> {
                    if (link == connected) {
                        unansweredSinceMs = Long.MAX_VALUE;
                        onAnswered.run();
                    }
                }));
    }

    private static CompletableFuture<Void> all(List<CompletionStage<Void>> stages) {
        return CompletableFuture.allOf(
                stages.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new));
    }

    void lost() {
        link = null;
        resequencer.givesUp();
    }

    /** Makes these the subscriptions, now or when there is a connection. */
    void want(List<Subscription> subscriptions) {
        if (wantedNext == null && mustWait(subscriptions)) {
            wantedNext = subscriptions;
            thread.schedule(STEP_MS, this::wantNext);
        } else if (wantedNext != null && !subscriptions.isEmpty()) {
            wantedNext = subscriptions;
        } else {
            wantedNext = null;
            wantNow(subscriptions);
        }
    }

    private void wantNext() {
        if (wantedNext == null) {
            return;
        }
        if (mustWait(wantedNext)) {
            thread.schedule(STEP_MS, this::wantNext);
            return;
        }
        List<Subscription> next = wantedNext;
        wantedNext = null;
        wantNow(next);
    }

    /** While the broker has a backlog, its equal readings could not be told from copies. */
    private boolean mustWait(List<Subscription> next) {
        return link != null
                && (intake.getAsInt() > BACKLOG || wouldMixQueues(next))
                && !shared(leaving(byFilter(next)), next).isEmpty();
    }

    /**
     * Whether messages with no queue in common could come during one change, if it began before the one under way is
     * over: nothing would tell their order.
     */
    private boolean wouldMixQueues(List<Subscription> next) {
        return handover != null && !handover.hasSettled(thread.nowMs()) && mayHaveQueues() && !isTurnBack(next);
    }

    /** Whether the change under way can be taken back, for nothing has ended yet. */
    private boolean isTurnBack(List<Subscription> next) {
        return handover != null
                && handover.canTurnBack()
                && handover.leaving().stream()
                        .filter(each -> memory.filters().contains(each.filter()))
                        .collect(Collectors.toSet())
                        .equals(Set.copyOf(next));
    }

    /** Whether the broker may have one for each subscription. */
    private boolean mayHaveQueues() {
        return link.version().carriesProperties() && !twins.areRare();
    }

    private static Map<String, Subscription> byFilter(List<Subscription> subscriptions) {
        return subscriptions.stream()
                .collect(Collectors.toMap(Subscription::filter, each -> each, (one, same) -> one, LinkedHashMap::new));
    }

    /** What there is, and is not among the next. */
    private List<Subscription> leaving(Map<String, Subscription> next) {
        List<Subscription> leaving = new ArrayList<>(handover == null ? List.of() : handover.leaving());
        leaving.addAll(wanted.values());
        leaving.removeIf(each -> next.containsKey(each.filter()));
        return leaving;
    }

    private static List<Subscription> shared(List<Subscription> leaving, List<Subscription> next) {
        return leaving.stream().filter(each -> shareTopics(each, next)).toList();
    }

    private void wantNow(List<Subscription> subscriptions) {
        Map<String, Subscription> next = byFilter(subscriptions);
        List<Subscription> leaving = leaving(next);
        List<Subscription> sharing = shared(leaving, subscriptions);
        leaving.stream().filter(each -> !sharing.contains(each)).forEach(this::unsubscribe);
        for (Subscription each : leaving) {
            made.remove(each);
            fresh.remove(each.filter());
        }
        boolean isTurnBack = link != null && mayHaveQueues() && isTurnBack(subscriptions);
        wanted.clear();
        wanted.putAll(next);
        if (isTurnBack) {
            made.addAll(subscriptions);
            handover.turnBack(thread.nowMs());
            return;
        }
        boolean hands = !sharing.isEmpty() && link != null;
        if (hands && mayHaveQueues()) {
            resequencer.opens();
        } else {
            resequencer.closes();
        }
        // What a handover was about to end, or has ended, is not among these, and is made again when it is wanted.
        List<CompletionStage<Void>> making =
                next.values().stream().map(each -> make(each, true)).toList();
        Handover before = handover;
        handover = null;
        if (hands) {
            Handover begun = new Handover(thread.nowMs(), twins, this::mayRepeat, sharing, next.values());
            if (before != null) {
                begun.follows(before);
            }
            begin(begun, making);
        }
    }

    private static boolean shareTopics(Subscription one, List<Subscription> others) {
        return others.stream().anyMatch(other -> TopicFilter.overlap(one.filter(), other.filter()));
    }

    private void begin(Handover begun, List<CompletionStage<Void>> making) {
        handover = begun;
        all(making)
                .whenComplete((ok, failure) -> thread.execute(() -> {
                    begun.subscribed(thread.nowMs());
                    if (begun == handover) {
                        resequencer.closes();
                    }
                    step(begun);
                }));
    }

    /** Looks now and then whether the old subscriptions may end, and when they have, whether all is over. */
    private void step(Handover mine) {
        if (mine != handover || link == null) {
            return;
        }
        if (twins.areRare()) {
            resequencer.givesUp();
        }
        if (!resequencer.isAtWork() && mine.mayEnd(intake.getAsInt() == 0, thread.nowMs())) {
            mine.ending(thread.nowMs());
            all(mine.leaving().stream().map(this::unsubscribe).toList())
                    .whenComplete((ok, failure) -> thread.execute(() -> {
                        mine.ended(thread.nowMs());
                        if (wantedNext != null && !mustWait(wantedNext)) {
                            wantNext();
                        }
                    }));
        }
        if (mine.isOver(thread.nowMs())) {
            handover = null;
            return;
        }
        thread.schedule(STEP_MS, () -> step(mine));
    }

    /** A topic that was not listened to for so long may do anything. */
    private boolean mayRepeat(String topic, long withinMs) {
        long nowMs = thread.nowMs();
        return nowMs - listeningMs < withinMs || repetitions.areUsualOf(topic, withinMs, nowMs);
    }

    /** Whether the broker is connected and does not answer what the bridge, or a change of its subscriptions, waits for. */
    boolean isUnanswered() {
        long sinceMs = Math.min(unansweredSinceMs, handover == null ? Long.MAX_VALUE : handover.unansweredSinceMs());
        return link != null && sinceMs <= thread.nowMs() - InLane.ANSWER_MS;
    }

    /** Whether a change of subscriptions made the broker send this message twice, and it is not to be taken again. */
    boolean isSecondCopy(Arrival arrival) {
        return handover != null && handover.isSecondCopy(arrival, thread.nowMs());
    }

    /** A message came that is no second copy. */
    void heard(String topic, Fingerprint fingerprint) {
        if (handover == null) {
            // Meanwhile it could be a copy that was not known as such.
            repetitions.heard(topic, fingerprint, thread.nowMs());
        }
    }

    private CompletionStage<Void> make(Subscription subscription, boolean isFresh) {
        if (link == null || made.contains(subscription)) {
            return CompletableFuture.completedFuture(null);
        }
        memory.begins(subscription.filter());
        BrokerLink by = link;
        if (isFresh) {
            fresh.add(subscription.filter());
        }
        return by.subscribe(isFresh ? subscription : live(subscription))
                .whenComplete((ok, failure) -> thread.execute(() -> {
                    if (failure != null) {
                        log.trouble(
                                "the broker does not let it subscribe " + subscription.filter(), failure.getMessage());
                        if (by == link) {
                            memory.ended(subscription.filter());
                        }
                    } else if (by == link && subscription.equals(wanted.get(subscription.filter()))) {
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
        return link.unsubscribe(subscription.filter())
                .whenComplete((ok, failure) -> thread.execute(() -> unsubscribed(subscription.filter(), failure)));
    }

    private void unsubscribed(String filter, Throwable failure) {
        if (failure != null) {
            log.trouble("unsubscribing failed and is tried again over the next connection", failure.getMessage());
        } else if (!wanted.containsKey(filter)) {
            memory.ended(filter);
        }
    }

    /** Whether retained messages of a topic come because its subscription is new, not because it was repeated. */
    boolean isFresh(String topic) {
        return fresh.stream().anyMatch(filter -> TopicFilter.matches(filter, topic));
    }
}
