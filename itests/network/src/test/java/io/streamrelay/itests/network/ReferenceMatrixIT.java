// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.network.lab.Lab;
import io.streamrelay.itests.network.lab.NatKind;
import io.streamrelay.itests.network.lab.NeedsLab;
import io.streamrelay.itests.network.process.Member;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * As {@link NatMatrixIT}, with an unmodified reference peer on the left. Through a symmetric NAT it may reach nobody, for
 * it tries holes for ten seconds and sends to those whom it met there from another socket: then its messages are relayed.
 */
@NeedsLab
class ReferenceMatrixIT {

    private static final CrossingTable TABLE = new CrossingTable("reference behind; ours behind");

    static List<Pair> pairs() {
        return Pair.all();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    @Execution(ExecutionMode.CONCURRENT)
    @Tag("case-26")
    void messagesCrossBothWays(Pair pair) {
        try (Lab lab = Lab.open("ref-" + pair)) {
            PairLab members = new PairLab(lab, pair, Member::reference, Member::ours);
            Crossing crossing = members.cross();
            TABLE.add(pair, crossing);
            assertTrue(crossing.way() != Way.PROXIED || pair.has(NatKind.SYMMETRIC), members::toString);
        }
    }

    @AfterAll
    static void publish() throws IOException {
        Figures.publish("reference", TABLE.lines());
    }
}
