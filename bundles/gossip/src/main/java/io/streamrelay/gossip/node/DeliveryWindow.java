// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.store.StoredDelivery;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The part of a consumer's queue that is in memory: the oldest deliveries that it has not acknowledged. Those that
 * find no room stay in the store until they are reloaded. Not thread-safe.
 */
final class DeliveryWindow {

    private final int max;
    private final NavigableMap<Long, StoredDelivery> loaded = new TreeMap<>();
    private long loadedUpTo;
    private long committedUpTo;
    private long handedUpTo;

    /** @param kept what the store holds, in order */
    DeliveryWindow(int max, List<StoredDelivery> kept) {
        this.max = max;
        committedUpTo = kept.isEmpty() ? 0 : kept.get(kept.size() - 1).number();
        reload(kept, committedUpTo);
    }

    /** Takes a delivery; one that does not follow the last one is reloaded later. */
    void committed(StoredDelivery delivery) {
        committedUpTo = Math.max(committedUpTo, delivery.number());
        if (delivery.number() == loadedUpTo + 1 && loaded.size() < max) {
            load(delivery);
        }
    }

    long committedUpTo() {
        return committedUpTo;
    }

    /** Whether the store has more, and there is room for it. */
    boolean wantsReload() {
        return loadedUpTo < committedUpTo && loaded.size() <= max / 2;
    }

    /** @param kept what the store holds, read when everything up to {@code upTo} was committed */
    void reload(List<StoredDelivery> kept, long upTo) {
        for (StoredDelivery delivery : kept) {
            if (loaded.size() >= max) {
                return;
            }
            if (delivery.number() > loadedUpTo) {
                load(delivery);
            }
        }
        loadedUpTo = Math.max(loadedUpTo, upTo);
    }

    /** The next delivery to hand over, or null. */
    StoredDelivery next() {
        Map.Entry<Long, StoredDelivery> entry = loaded.higherEntry(handedUpTo);
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

    /** False when it was acknowledged before. */
    boolean acknowledge(long number) {
        return loaded.remove(number) != null;
    }

    private void load(StoredDelivery delivery) {
        loaded.put(delivery.number(), delivery);
        loadedUpTo = delivery.number();
    }
}
