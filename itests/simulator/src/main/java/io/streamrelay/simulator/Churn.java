// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.util.random.RandomGenerator;

/** Makes nodes come and go, each at times of its own, until it is ended. */
public final class Churn {

    private final ChurnOptions options;
    private final VirtualTime time;
    private boolean ended;
    private int departures;

    Churn(ChurnOptions options, VirtualTime time) {
        this.options = options;
        this.time = time;
    }

    /** Lets no node go any more; those that are away come back. */
    public void end() {
        ended = true;
    }

    /** How often a node has gone so far. */
    public int departures() {
        return departures;
    }

    void add(VirtualNode node, RandomGenerator random) {
        after(options.upMeanMs(), random, () -> depart(node, random));
    }

    private void depart(VirtualNode node, RandomGenerator random) {
        if (ended) {
            return;
        }
        if (node.isUp()) {
            departures++;
            go(node);
        }
        after(options.downMeanMs(), random, () -> comeBack(node, random));
    }

    private void go(VirtualNode node) {
        switch (options.way()) {
            case RESTART -> node.stop();
            case CRASH -> node.crash();
            case REPLACE -> {
                node.crash();
                node.replace();
            }
        }
    }

    private void comeBack(VirtualNode node, RandomGenerator random) {
        if (!node.isUp()) {
            node.start();
        }
        add(node, random);
    }

    private void after(long meanMs, RandomGenerator random, Runnable action) {
        time.after((long) (-meanMs * Math.log(1 - random.nextDouble())), action);
    }
}
