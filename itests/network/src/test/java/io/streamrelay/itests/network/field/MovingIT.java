// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.network.field.Publisher.Sent;
import io.streamrelay.itests.network.field.Publisher.Topic;
import io.streamrelay.itests.network.lab.Lab;
import io.streamrelay.itests.network.lab.Nat;
import io.streamrelay.itests.network.lab.NatKind;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A gateway whose public address and port change, as those of a mobile network do. */
@InTheField
@Execution(ExecutionMode.CONCURRENT)
class MovingIT {

    private static final int MOVES = Field.count(2, 10);
    private static final Duration BETWEEN = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final double BACK_SECONDS_MAX = 5;
    private static final int PER_SECOND = 5;

    /** One behind a NAT that moves, and one in the open, that it knows. */
    private record Site(Lab lab, Nat nat, PlainGateway mobile, PlainGateway open) implements AutoCloseable {

        static Site open(String name) throws Exception {
            Lab lab = Lab.open(name);
            PlainGateway open = PlainGateway.on(lab.internet("open", "203.0.113.10"), Neighbours.member(name));
            Nat nat = lab.nat("nat", NatKind.PORT_RESTRICTED, "203.0.113.100");
            PlainGateway mobile =
                    PlainGateway.on(nat.host("mobile"), Neighbours.member(name).peers(open.host()));
            mobile.awaitReaches(open);
            return new Site(lab, nat, mobile, open);
        }

        @Override
        public void close() {
            lab.close();
        }
    }

    @Test
    void aSessionIsBackSoonAfterEachMove(TestInfo test) throws Exception {
        Score row = Score.row("D14").shownBy(test);
        try (Site site = Site.open("moves");
                Reader atMobile = site.mobile().reader("field/five/down");
                Reader atOpen = site.open().reader("field/five/up");
                Publisher up = Publisher.steady(site.mobile().brokerUrl(), PER_SECOND, new Topic("field/five/up", 1));
                Publisher down =
                        Publisher.steady(site.open().brokerUrl(), PER_SECOND, new Topic("field/five/down", 1))) {
            up.awaitAcknowledged(10, PATIENCE);
            List<Long> movesNs = moveAgainAndAgain(site.nat());
            Tally in = Tally.of(atMobile, down.stop(), PATIENCE, QUIET);
            Tally out = Tally.of(atOpen, up.stop(), PATIENCE, QUIET);
            double slowest = movesNs.stream()
                    .flatMap(moved -> Stream.of(in.silentSeconds(moved), out.silentSeconds(moved)))
                    .max(Double::compare)
                    .orElseThrow();
            row.measured("%.1f s at the slowest of %d moves; down %s, up %s"
                    .formatted(slowest, MOVES, in.figure(), out.figure()));
            row.passed(slowest < BACK_SECONDS_MAX && out.isExact() && in.isExact());
            // The time is for the score card: a busy machine takes longer.
            assertTrue(out.isExact() && in.isExact(), () -> out + "; " + in);
        }
    }

    private static List<Long> moveAgainAndAgain(Nat nat) throws InterruptedException {
        List<Long> movesNs = new ArrayList<>();
        for (int move = 1; move <= MOVES; move++) {
            nat.moveTo("203.0.113." + (100 + move));
            movesNs.add(System.nanoTime());
            Field.pass(BETWEEN);
        }
        return movesNs;
    }

    @Test
    void whatIsSentWhileAReceiverMovesFindsItThere(TestInfo test) throws Exception {
        Score row = Score.row("A4").shownBy(test);
        try (Site site = Site.open("moved");
                Reader reader = site.mobile().reader(Neighbours.TOPICS)) {
            site.nat().unplug();
            Set<Sent> acknowledged = Publisher.publish(site.open().brokerUrl(), Neighbours.TOPIC, 100);
            site.nat().moveTo("203.0.113.177");
            long movedNs = System.nanoTime();
            Tally tally = Tally.of(reader, acknowledged, PATIENCE, QUIET);
            row.measured("%s, last %.1f s after it was back".formatted(tally.figure(), tally.lastSeconds(movedNs)));
            assertTrue(row.passed(tally.isExact()), tally::toString);
        }
    }
}
