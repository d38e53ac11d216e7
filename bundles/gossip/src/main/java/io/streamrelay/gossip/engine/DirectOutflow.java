// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What waits to be sent to one peer alone, streams and answers: one after the other, each in its packets' order, at
 * the pace that the peer can take. A reference peer forgets the parts of one message when another's head comes between
 * them (protocol-v6 D8).
 */
final class DirectOutflow {

    /** As for publications; a guess. */
    private static final double KIN_PER_SECOND = 8_000;

    private static final double KIN_BURST = 512;

    /** Measured on a busy machine: of 400 packets at 500 a second a reference peer lost 20, for each costs it more. */
    private static final double REFERENCE_PER_SECOND = 200;

    /** Linux' default receive buffer of 208 kB holds some 90 of the largest packets. */
    private static final double REFERENCE_BURST = 32;

    /**
     * One datagram.
     *
     * @param whenLeft what is to be said when it has left, or null
     */
    record Item(byte[] bytes, Action.Accepted whenLeft) {}

    private final TokenBucket pace;
    private final Deque<Item> items = new ArrayDeque<>();
    private boolean waiting;

    private DirectOutflow(TokenBucket pace) {
        this.pace = pace;
    }

    static DirectOutflow toward(boolean kin, long nowMs) {
        return new DirectOutflow(
                kin
                        ? new TokenBucket(KIN_PER_SECOND, KIN_BURST, nowMs)
                        : new TokenBucket(REFERENCE_PER_SECOND, REFERENCE_BURST, nowMs));
    }

    /**
     * Takes all datagrams of a message or none.
     *
     * @param whenLeft what is to be said when the last of them has left, or null
     * @return false when there is no room
     */
    boolean offer(List<byte[]> message, Action.Accepted whenLeft) {
        if (items.size() + message.size() > Limits.DIRECT_PACKETS_MAX) {
            return false;
        }
        for (int i = 0; i < message.size(); i++) {
            items.add(new Item(message.get(i), i == message.size() - 1 ? whenLeft : null));
        }
        return true;
    }

    /** The next datagram that may leave now, or null. */
    Item poll(long nowMs) {
        return items.isEmpty() || !pace.tryTake(nowMs) ? null : items.poll();
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    long waitMs(long nowMs) {
        return pace.waitMs(nowMs);
    }

    /** Gives up what waits; returns what will not be said. */
    List<Action.Accepted> abandon() {
        List<Action.Accepted> unsaid = new ArrayList<>();
        for (Item item = items.poll(); item != null; item = items.poll()) {
            if (item.whenLeft() != null) {
                unsaid.add(item.whenLeft());
            }
        }
        return unsaid;
    }

    /** Whether a timer is set that will look again. */
    boolean isWaiting() {
        return waiting;
    }

    void waiting(boolean set) {
        waiting = set;
    }
}
