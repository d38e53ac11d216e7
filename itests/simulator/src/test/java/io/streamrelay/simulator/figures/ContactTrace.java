// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** Who meets whom when: each pair by chance and by itself, in the order of time. */
record ContactTrace(int nodes, long untilMs, List<Contact> contacts) {

    /** @param fromMs when the two begin to reach each other */
    record Contact(int one, int other, long fromMs, long toMs) {}

    /** Of each pair, two contacts an hour in the mean, of half a minute to two minutes: our own choice. */
    private static final long BETWEEN_MEAN_MS = 30 * 60_000;

    private static final long SHORTEST_MS = 30_000;
    private static final long LONGEST_MS = 120_000;

    /** The share of pairs that ever meet: a third. */
    private static final int ONE_PAIR_IN = 3;

    /** What it is drawn from, in one line. */
    static String conditions() {
        return "onePairIn=" + ONE_PAIR_IN + " betweenMeanMs=" + BETWEEN_MEAN_MS + " contactMs=" + SHORTEST_MS + ".."
                + LONGEST_MS;
    }

    static ContactTrace drawn(int nodes, long untilMs, RandomGenerator draws) {
        List<Contact> contacts = new ArrayList<>();
        for (int one = 0; one < nodes; one++) {
            for (int other = one + 1; other < nodes; other++) {
                if (draws.nextInt(ONE_PAIR_IN) == 0) {
                    addOf(one, other, untilMs, draws, contacts);
                }
            }
        }
        contacts.sort(Comparator.comparingLong(Contact::fromMs));
        return new ContactTrace(nodes, untilMs, contacts);
    }

    private static void addOf(int one, int other, long untilMs, RandomGenerator draws, List<Contact> contacts) {
        long atMs = pause(draws);
        while (atMs < untilMs) {
            long toMs = atMs + draws.nextLong(SHORTEST_MS, LONGEST_MS);
            contacts.add(new Contact(one, other, atMs, Math.min(toMs, untilMs)));
            atMs = toMs + pause(draws);
        }
    }

    private static long pause(RandomGenerator draws) {
        return 1 + (long) (-BETWEEN_MEAN_MS * Math.log(1 - draws.nextDouble()));
    }
}
