// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.gossip.engine.Observation;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.TestInfo;

/** A node behind a symmetric NAT with many peers, each of which sees it at another port. */
class SymmetricNodeTest {

    private static final int OTHERS = 24;
    private static final int SYMMETRIC = OTHERS;

    @SeededTest(fixed = 2)
    void knowsItselfAtOnePlaceHoweverManySeeItAtAnother(long seed, TestInfo test) {
        Simulation simulation = Stages.simulation(Stages.options(test, seed, OTHERS + 1));
        simulation.nat(NatKind.SYMMETRIC, SYMMETRIC);
        simulation.bootstrap(SYMMETRIC, IntStream.range(0, OTHERS).toArray());
        simulation.startAll(Duration.ofSeconds(5));
        simulation.run(Duration.ofMinutes(2));
        int peers = simulation.node(SYMMETRIC).engine().orElseThrow().peers(0).size();
        simulation.expect(peers == OTHERS, peers + " peers of " + OTHERS);
        AtomicInteger changes = new AtomicInteger();
        simulation.watch(new Watcher() {
            @Override
            public void observed(VirtualNode node, Observation observation) {
                if (observation instanceof Observation.SelfChanged) {
                    changes.incrementAndGet();
                }
            }
        });
        simulation.run(Duration.ofMinutes(10));
        simulation.expect(changes.get() == 0, changes + " changes of where it is");
    }
}
