// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Keeps this node from being used to flood somebody (protocol-v6 D38 to D40): an address that has not shown that it
 * hears us gets less than twice the bytes that came from it, or that a connected peer spent to name it, with the
 * headers of each datagram and without. RFC 9000 allows three times.
 *
 * <p>Addresses are counted without their ports: a victim is a host, and a probe is answered at another of its ports.
 */
final class AmplificationGuard {

    /** Stays below RFC 9000's 3: a reference peer's smallest ping still gets its pong. */
    private static final int FACTOR = 2;

    /** Of each datagram: IPv4's 20 bytes, and UDP's 8. */
    static final int HEADER_BYTES = 28;

    /** What may be sent, of datagrams' contents, and of whole ones. */
    private record Credit(int content, int whole) {

        private static final Credit NONE = new Credit(0, 0);

        private Credit plus(int bytes) {
            return new Credit(
                    Math.min(content + FACTOR * bytes, Limits.UNPROVEN_CREDIT_MAX),
                    Math.min(whole + FACTOR * (bytes + HEADER_BYTES), Limits.UNPROVEN_CREDIT_MAX));
        }
    }

    private final BoundedMap<Integer, Credit> credits = new BoundedMap<>(Limits.UNPROVEN_ADDRESSES_MAX);
    private final Set<Integer> named = new LinkedHashSet<>();
    private final BoundedMap<Integer, Long> provenMs = new BoundedMap<>(Limits.PROVEN_ADDRESSES_MAX);

    /** A datagram came from there, or claims to; {@code bytes} is its UDP payload. */
    void received(Endpoint from, int bytes) {
        named.clear();
        credit(from, bytes);
    }

    /**
     * A connected peer has sent a datagram of that many bytes, the latest that came, which names an address; that it
     * names it twice counts once.
     */
    void toldOf(Endpoint target, int bytes) {
        if (named.add(target.address())) {
            credit(target, bytes);
        }
    }

    private void credit(Endpoint address, int bytes) {
        credits.put(
                address.address(),
                credits.getOrDefault(address.address(), Credit.NONE).plus(bytes));
    }

    /** It has repeated something unguessable that was sent there. */
    void proven(Endpoint address, long nowMs) {
        provenMs.put(address.address(), nowMs);
    }

    /** Whether it has answered a challenge in the last minutes. */
    boolean isProven(Endpoint address, long nowMs) {
        Long sinceMs = provenMs.get(address.address());
        return sinceMs != null && nowMs - sinceMs < Timing.PROVEN_MS;
    }

    /** Whether a datagram of that many bytes may go there; if so, it is charged. */
    boolean tryCharge(Endpoint to, int bytes, long nowMs) {
        return tryCharge(to, bytes, bytes + HEADER_BYTES, nowMs);
    }

    /** As {@link #tryCharge(Endpoint, int, long)}, without its headers. */
    boolean tryChargeContent(Endpoint to, int bytes, long nowMs) {
        return tryCharge(to, bytes, 0, nowMs);
    }

    private boolean tryCharge(Endpoint to, int content, int whole, long nowMs) {
        if (isProven(to, nowMs)) {
            return true;
        }
        Credit credit = credits.getOrDefault(to.address(), Credit.NONE);
        if (content >= credit.content() || whole >= credit.whole()) {
            return false;
        }
        credits.put(to.address(), new Credit(credit.content() - content, credit.whole() - whole));
        return true;
    }

    /** Addresses that are remembered. */
    int size() {
        return credits.size() + provenMs.size();
    }
}
