// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.mqtt.broker.Fingerprint;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * Copies of messages of which each says that it came by several subscriptions. Artemis sends as many of these, other
 * brokers one; which it is shows soon: most have a twin, or most have none.
 */
final class Twins {

    /** A twin comes at once, or not at all, unless the broker has much to do. Our own choice. */
    static final long TOGETHER_MS = Repetitions.SOON_MS;

    /** A broker that has much to do takes so long, if it is known to send two. Our own choice. */
    static final long APART_MS = Repetitions.SLOWLY_MS;

    /** So many pairs, none of which was two equal readings, leave no doubt. Our own choice. */
    private static final int SURE = 4;

    private static final int FINGERPRINTS_MAX = 20_000;

    /** When the first copy came, how many subscriptions it named, and how many copies have come. */
    private record Copies(long ms, int named, int came) {

        private Copies another() {
            return new Copies(ms, named, came + 1);
        }

        private boolean isSingle() {
            return came == 1;
        }
    }

    private final Map<Fingerprint, Copies> waiting = new LinkedHashMap<>();
    private final Map<Fingerprint, Copies> late = new LinkedHashMap<>();
    private long pairs;
    private long singles;
    private int clearPairs;

    /**
     * Whether this is another copy of one that has come.
     *
     * @param subscriptions how many it names
     * @param mayRepeat whether the topic may say the same again within so many milliseconds
     */
    boolean isSecond(Fingerprint fingerprint, int subscriptions, LongPredicate mayRepeat, long nowMs) {
        if (isAnother(fingerprint, subscriptions, mayRepeat, nowMs)) {
            return true;
        }
        waiting.remove(fingerprint);
        waiting.put(fingerprint, new Copies(nowMs, subscriptions, 1));
        return false;
    }

    /** Whether this, which names one subscription, is the twin of one that named two before the other ended. */
    boolean isLast(Fingerprint fingerprint, LongPredicate mayRepeat, long nowMs) {
        return isAnother(fingerprint, 1, mayRepeat, nowMs);
    }

    private boolean isAnother(Fingerprint fingerprint, int subscriptions, LongPredicate mayRepeat, long nowMs) {
        giveUp(nowMs);
        boolean isLate = !waiting.containsKey(fingerprint);
        Map<Fingerprint, Copies> those = isLate ? late : waiting;
        Copies copies = those.get(fingerprint);
        if (copies == null) {
            return false;
        }
        boolean isClear = !mayRepeat.test(nowMs - copies.ms());
        // While subscriptions change there may be more than a copy names, for a moment.
        boolean mayBeMore = copies.came() < subscriptions || areSure() && nowMs - copies.ms() <= TOGETHER_MS;
        boolean isMissing = copies.came() < copies.named() || isClear && mayBeMore;
        if (!isMissing || isLate && !isClear) {
            return false;
        }
        those.replace(fingerprint, copies.another());
        if (isLate && copies.isSingle()) {
            singles--;
        }
        // What is late may be an equal reading: it proves nothing.
        paired(isClear && !isLate);
        return isLate ? areSure() : !areRare();
    }

    /** Two copies came that were known by something else than that each names two subscriptions. */
    void seen(Fingerprint fingerprint, long nowMs) {
        waiting.put(fingerprint, new Copies(nowMs, 2, 2));
        paired(true);
    }

    private void paired(boolean isClear) {
        pairs++;
        clearPairs += isClear && pairs > singles ? 1 : 0;
    }

    /** Whether the broker seems to send one copy for all subscriptions. */
    boolean areRare() {
        return !areSure() && singles > pairs;
    }

    /** Whether the broker sends a copy for each subscription, beyond doubt. */
    boolean areSure() {
        return clearPairs >= SURE;
    }

    /** It may be another broker. */
    void forget() {
        waiting.clear();
        late.clear();
        pairs = 0;
        singles = 0;
        clearPairs = 0;
    }

    private void giveUp(long nowMs) {
        Iterator<Map.Entry<Fingerprint, Copies>> oldestFirst =
                waiting.entrySet().iterator();
        while (oldestFirst.hasNext()) {
            Map.Entry<Fingerprint, Copies> oldest = oldestFirst.next();
            if (nowMs - oldest.getValue().ms() <= TOGETHER_MS && waiting.size() < FINGERPRINTS_MAX) {
                break;
            }
            singles += oldest.getValue().isSingle() ? 1 : 0;
            late.remove(oldest.getKey());
            late.put(oldest.getKey(), oldest.getValue());
            oldestFirst.remove();
        }
        Iterator<Copies> latestLast = late.values().iterator();
        while (latestLast.hasNext() && (nowMs - latestLast.next().ms() > APART_MS || late.size() > FINGERPRINTS_MAX)) {
            latestLast.remove();
        }
    }
}
