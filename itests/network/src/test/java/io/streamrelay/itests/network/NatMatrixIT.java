// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.itests.network.lab.Lab;
import io.streamrelay.itests.network.lab.NeedsLab;
import io.streamrelay.itests.network.process.Member;
import io.streamrelay.simulator.score.Score;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two members behind NATs of all pairs of kinds, each pair in a lab of its own with nodes in the open that introduce
 * them. When the two reach each other, the nodes in the open are switched off, and it has to go on.
 */
@NeedsLab
class NatMatrixIT {

    private static final CrossingTable TABLE = new CrossingTable("behind");

    static List<Pair> pairs() {
        return Pair.all();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    @Execution(ExecutionMode.CONCURRENT)
    @Tag("case-24")
    @Tag("case-26")
    @Tag("case-27")
    void messagesCrossBothWays(Pair pair, TestInfo test) {
        try (Lab lab = Lab.open("ours-" + pair)) {
            PairLab members = new PairLab(lab, pair, Member::ours, Member::ours);
            Crossing crossing = members.cross();
            TABLE.add(pair, crossing);
            members.streamBothWays();
            if (pair.way() == Way.PROXIED) {
                Score.row("D15").shownBy(test).measured(crossing.text()).passed(crossing.way() == Way.PROXIED);
            }
            // One that is met before it knows that it is no symmetric NAT may be met through a hole, which is as good.
            assertEquals(pair.way() == Way.PROXIED, crossing.way() == Way.PROXIED, members::toString);
        }
    }

    @AfterAll
    static void publish() throws IOException {
        Figures.publish("ours", TABLE.lines());
    }
}
