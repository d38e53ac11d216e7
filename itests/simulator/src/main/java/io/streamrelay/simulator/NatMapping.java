// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Endpoint;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A public port of a NAT device, the socket behind it, and who may come in through it. */
final class NatMapping {

    /** What a mapping is for: {@code to} is null when it is for all destinations. */
    record Flow(Endpoint inside, Endpoint to) {

        /** As a record's, but not slower where a device has thousands of them. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Flow flow && inside.equals(flow.inside) && Objects.equals(to, flow.to);
        }

        @Override
        public int hashCode() {
            return 31 * inside.hashCode() + Objects.hashCode(to);
        }
    }

    private final Flow flow;
    private final int port;
    private final NatOptions options;
    private final Map<Long, Long> sentMsByFilterKey = new LinkedHashMap<>();
    private long sentMs;

    NatMapping(Flow flow, int port, NatOptions options) {
        this.flow = flow;
        this.port = port;
        this.options = options;
    }

    Flow flow() {
        return flow;
    }

    int port() {
        return port;
    }

    /** A datagram goes out through it. */
    void sent(Endpoint to, long nowMs) {
        sentMs = nowMs;
        long key = options.kind().filterKey(to);
        sentMsByFilterKey.remove(key);
        sentMsByFilterKey.put(key, nowMs);
        forgetOld(nowMs);
    }

    boolean isExpired(long nowMs) {
        return nowMs - sentMs > options.timeoutMs();
    }

    boolean letsIn(Endpoint from, long nowMs) {
        Long permittedMs = sentMsByFilterKey.get(options.kind().filterKey(from));
        return permittedMs != null && nowMs - permittedMs <= options.timeoutMs();
    }

    private void forgetOld(long nowMs) {
        Iterator<Long> oldestFirst = sentMsByFilterKey.values().iterator();
        while (nowMs - oldestFirst.next() > options.timeoutMs()) {
            oldestFirst.remove();
        }
    }
}
