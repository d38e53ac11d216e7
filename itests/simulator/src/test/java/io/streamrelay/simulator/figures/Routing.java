// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What becomes of one message for one node on a contact trace under a rule of the textbook, when links take no time and
 * nothing is lost.
 *
 * @param arrivedMs when its destination had it; {@link #NEVER} when it did not come
 * @param copies how often it was handed from one node to another
 */
record Routing(long arrivedMs, long copies) {

    static final long NEVER = Long.MAX_VALUE;

    private static final int ALL = Integer.MAX_VALUE;

    /** A moment at which one node may hand the message to another. */
    private record Chance(long atMs, int from, int to) {}

    /** Everybody hands it to everybody (Vahdat and Becker, 2000): nothing comes sooner. */
    static Routing epidemic(ContactTrace trace, int source, int destination, long sentMs) {
        return run(trace, source, destination, sentMs, ALL);
    }

    /**
     * Binary spray and wait (Spyropoulos, Psounis and Raghavendra, 2005): who has several copies hands on half of them,
     * who has one waits for the destination.
     *
     * @param copies how many there may be
     */
    static Routing sprayAndWait(ContactTrace trace, int source, int destination, long sentMs, int copies) {
        return run(trace, source, destination, sentMs, copies);
    }

    private static Routing run(ContactTrace trace, int source, int destination, long sentMs, int copiesMax) {
        long[] reachedMs = new long[trace.nodes()];
        int[] held = new int[trace.nodes()];
        Arrays.fill(reachedMs, NEVER);
        PriorityQueue<Chance> chances = new PriorityQueue<>(Comparator.comparingLong(Chance::atMs));
        reachedMs[source] = sentMs;
        held[source] = copiesMax;
        addOf(trace, source, sentMs, chances);
        long copies = 0;
        while (!chances.isEmpty()) {
            Chance chance = chances.remove();
            boolean hands = held[chance.from()] > 1 || chance.to() == destination;
            if (reachedMs[chance.to()] == NEVER && hands) {
                copies++;
                held[chance.to()] = held[chance.from()] == ALL ? ALL : held[chance.from()] / 2;
                held[chance.from()] -= held[chance.from()] == ALL ? 0 : held[chance.to()];
                reachedMs[chance.to()] = chance.atMs();
                addOf(trace, chance.to(), chance.atMs(), chances);
            }
        }
        return new Routing(reachedMs[destination], copies);
    }

    private static void addOf(ContactTrace trace, int node, long fromMs, PriorityQueue<Chance> chances) {
        for (ContactTrace.Contact contact : trace.contacts()) {
            boolean isOne = contact.one() == node;
            if ((isOne || contact.other() == node) && contact.toMs() > fromMs) {
                chances.add(
                        new Chance(Math.max(fromMs, contact.fromMs()), node, isOne ? contact.other() : contact.one()));
            }
        }
    }
}
