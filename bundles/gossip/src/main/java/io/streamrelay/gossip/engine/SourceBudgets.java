// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;

/**
 * How many pings of strangers are looked at: of one address, of one network of 256 addresses, and of all together.
 * Answering costs a signature, and source addresses can be forged (protocol-v6 D40, D47).
 */
final class SourceBudgets {

    private final BoundedMap<Integer, TokenBucket> byAddress = new BoundedMap<>(Limits.SOURCES_MAX);
    private final BoundedMap<Integer, TokenBucket> byNetwork = new BoundedMap<>(Limits.SOURCES_MAX);
    private final TokenBucket all = new TokenBucket(Limits.STRANGERS_PER_SECOND, Limits.STRANGERS_BURST, 0);

    boolean tryTake(Endpoint from, long nowMs) {
        int address = from.address();
        TokenBucket ofAddress = bucket(byAddress, address, Limits.ADDRESS_PER_SECOND, Limits.ADDRESS_BURST, nowMs);
        TokenBucket ofNetwork =
                bucket(byNetwork, address >>> 8, Limits.NETWORK_PER_SECOND, Limits.NETWORK_BURST, nowMs);
        boolean allowed = ofAddress.waitMs(nowMs) == 0 && ofNetwork.waitMs(nowMs) == 0 && all.waitMs(nowMs) == 0;
        if (allowed) {
            ofAddress.tryTake(nowMs);
            ofNetwork.tryTake(nowMs);
            all.tryTake(nowMs);
        }
        return allowed;
    }

    private static TokenBucket bucket(
            BoundedMap<Integer, TokenBucket> buckets, int key, int perSecond, int burst, long nowMs) {
        TokenBucket known = buckets.get(key);
        if (known == null) {
            known = new TokenBucket(perSecond, burst, nowMs);
            buckets.put(key, known);
        }
        return known;
    }

    /** Sources that are remembered. */
    int size() {
        return byAddress.size() + byNetwork.size();
    }
}
