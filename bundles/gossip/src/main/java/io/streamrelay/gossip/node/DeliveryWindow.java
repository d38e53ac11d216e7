// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.store.StoredDelivery;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The part of a consumer's queue that is in memory: the oldest deliveries that it has not acknowledged. Those that
 * find no room stay in the store until they are loaded. Not thread-safe.
 */
final class DeliveryWindow {

    /**
     * A delivery in memory.
     *
     * @param loadedMs when it came here, monotonic, in milliseconds: its age counts from then
     */
    record Loaded(StoredDelivery delivery, long loadedMs) {

        long number() {
            return delivery.number();
        }

        long ageMs(long nowMs) {
            return delivery.ageMs() + Math.max(0, nowMs - loadedMs);
        }
    }

    private final int max;
    private final long bytesMax;
    private final NavigableMap<Long, Loaded> loaded = new TreeMap<>();
    private long loadedBytes;
    private long loadedUpTo;
    private long committedUpTo;
    private long handedUpTo;

    /**
     * @param max how many deliveries it holds
     * @param bytesMax how many bytes of them, but for the last one
     * @param lastNumber of those that the store holds, 0 for none
     */
    DeliveryWindow(int max, long bytesMax, long lastNumber) {
        this.max = max;
        this.bytesMax = bytesMax;
        committedUpTo = lastNumber;
    }

    /** Takes a delivery; one that does not follow the last one is loaded later. */
    void committed(StoredDelivery delivery, long nowMs) {
        boolean follows = loadedUpTo == committedUpTo;
        committedUpTo = Math.max(committedUpTo, delivery.number());
        if (follows && room() > 0) {
            load(delivery, nowMs);
        }
    }

    /** The number of the last one that the store is known to have. */
    long committedUpTo() {
        return committedUpTo;
    }

    /** The number of the last one that was loaded. */
    long loadedUpTo() {
        return loadedUpTo;
    }

    /** How many more may be loaded. */
    int room() {
        return loadedBytes < bytesMax ? max - loaded.size() : 0;
    }

    /** How many bytes of them; the last one may have more. */
    long roomBytes() {
        return bytesMax - loadedBytes;
    }

    /** Whether the store has more, and there is room for it. */
    boolean wantsMore() {
        return loadedUpTo < committedUpTo && loaded.size() <= max / 2 && loadedBytes <= bytesMax / 2;
    }

    /**
     * Takes what the store holds after {@link #loadedUpTo}.
     *
     * @param upTo {@link #committedUpTo} when these were read
     * @param complete whether the store has no more up to there
     */
    void loaded(Collection<StoredDelivery> next, long upTo, boolean complete, long nowMs) {
        next.forEach(delivery -> load(delivery, nowMs));
        if (complete) {
            loadedUpTo = Math.max(loadedUpTo, upTo);
        }
    }

    /** The next delivery to hand over, or null. */
    Loaded next() {
        Map.Entry<Long, Loaded> entry = loaded.higherEntry(handedUpTo);
        if (entry == null) {
            return null;
        }
        handedUpTo = entry.getKey();
        return entry.getValue();
    }

    /** Goes back: the next one is the oldest from this number on that is not acknowledged. */
    void rewind(long number) {
        handedUpTo = Math.min(handedUpTo, number - 1);
    }

    boolean contains(long number) {
        return loaded.containsKey(number);
    }

    /** What is acknowledged so; null when it was acknowledged before. */
    Loaded acknowledge(long number) {
        Loaded done = loaded.remove(number);
        loadedBytes -= done == null ? 0 : done.delivery().bytes().length;
        return done;
    }

    private void load(StoredDelivery delivery, long nowMs) {
        loaded.put(delivery.number(), new Loaded(delivery, nowMs));
        loadedBytes += delivery.bytes().length;
        loadedUpTo = delivery.number();
    }
}
