// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.network.lab.Host;
import io.streamrelay.itests.network.lab.Lab;
import io.streamrelay.itests.network.lab.LocalNetwork;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Gateways that have nothing but each other: no line, no names, no clock. */
@InTheField
@Execution(ExecutionMode.CONCURRENT)
class LocalIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final double EXCHANGE_SECONDS_MAX = 10;

    /** Nobody is configured, and nothing leads out of the network; it is 1970. */
    @Test
    void twoThatBootWithoutAnythingExchangeWithinTenSeconds(TestInfo test) throws Exception {
        Score boot = Score.row("D1").shownBy(test);
        Score clock = Score.row("B2").shownBy(test);
        try (Lab lab = Lab.open("cold")) {
            LocalNetwork lan = lab.lan("lan");
            Host first = lan.host("first");
            Host second = lan.host("second");
            PlainGateway one = PlainGateway.on(first, alone());
            long bootNs = System.nanoTime();
            PlainGateway other = PlainGateway.on(second, alone());
            other.listen("field/five/clock");
            try (Reader atOne = one.reader(Neighbours.TOPICS);
                    Reader atOther = other.reader(Neighbours.TOPICS)) {
                Tally out =
                        Tally.of(atOther, Publisher.publish(one.brokerUrl(), Neighbours.TOPIC, 10), PATIENCE, QUIET);
                Tally back =
                        Tally.of(atOne, Publisher.publish(other.brokerUrl(), "field/five/answer", 10), PATIENCE, QUIET);
                double seconds = out.lastSeconds(bootNs);
                boot.measured("%.1f s from the start of the second; %s, back %s"
                        .formatted(seconds, out.figure(), back.figure()));
                // The time is for the score card: a busy machine takes longer.
                boot.passed(out.isExact() && back.isExact() && seconds < EXCHANGE_SECONDS_MAX);
                assertTrue(out.isExact() && back.isExact(), () -> out + "; " + back + "; " + one.stats());
            }
            one.send("field/five/clock", List.of("it is 1970"));
            long ageMs = other.awaitHeard(1, PATIENCE).get(0).get("ageMs").asLong();
            clock.measured("accepted at both, of an age of " + ageMs + " ms");
            assertTrue(clock.passed(ageMs >= 0 && ageMs < PATIENCE.toMillis()));
        }
    }

    private static Setup alone() {
        return BornIn1970.applyTo(Neighbours.member("cold").node("lanDiscovery", "true"));
    }

    @Test
    void whereMulticastIsForbiddenAKnownAddressIsEnough(TestInfo test) throws Exception {
        Score row = Score.row("D6").shownBy(test);
        try (Lab lab = Lab.open("unicast")) {
            LocalNetwork lan = lab.lan("lan");
            Host first = lan.host("first");
            Host second = lan.host("second");
            first.refuseMulticast();
            second.refuseMulticast();
            PlainGateway one =
                    PlainGateway.on(first, Neighbours.member("unicast").node("lanDiscovery", "true"));
            PlainGateway other = PlainGateway.on(
                    second,
                    Neighbours.member("unicast").node("lanDiscovery", "true").peers(first));
            try (Reader reader = one.reader(Neighbours.TOPICS)) {
                Tally tally =
                        Tally.of(reader, Publisher.publish(other.brokerUrl(), Neighbours.TOPIC, 100), PATIENCE, QUIET);
                row.measured(tally.figure());
                assertTrue(row.passed(tally.isExact()), tally::toString);
                assertEquals(List.of(), tally.late());
            }
        }
    }
}
