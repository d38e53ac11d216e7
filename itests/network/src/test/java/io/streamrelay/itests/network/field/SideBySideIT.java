// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.network.Figures;
import io.streamrelay.itests.network.field.Publisher.Sent;
import io.streamrelay.itests.network.lab.Host;
import io.streamrelay.itests.network.lab.Lab;
import io.streamrelay.itests.network.lab.LocalNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What an outage and a power cut leave of 1,300 messages: here, and with two bridged Mosquitto brokers. */
@InTheField
@Order(1)
class SideBySideIT {

    private static final int COUNT = 1_300;
    private static final Duration OUTAGE = Field.time(Duration.ofSeconds(30), Duration.ofSeconds(60));
    /** A bridge of Mosquitto waits for up to 30 s before it connects again. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final Duration UNTIL_THE_POWER_CUT = Duration.ofSeconds(1);

    /** What can be done to the sender's side. */
    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    /** The sender's side. */
    private record Sender(Host host, String brokerUrl, Step kill, Step start) {}

    private record Outcome(String name, String settings, Tally tally, double seconds) {
        String line() {
            return "| %s | %s | %d | %d | %s |"
                    .formatted(
                            name,
                            settings,
                            tally.delivered(),
                            tally.doubled().size(),
                            tally.lost().isEmpty() ? "%.1f s".formatted(seconds) : "never");
        }
    }

    @Test
    void ofThirteenHundredMessagesAllArriveHere() throws Exception {
        Outcome ours = ours();
        List<Outcome> all =
                List.of(ours, mosquitto("plain", BridgedBrokers.DEFAULTS), mosquitto("safest", BridgedBrokers.SAFEST));
        List<String> lines = new ArrayList<>(List.of(
                "An outage of %d s with %,d messages (QoS 1), then SIGKILL of the sender's broker or gateway 1 s after the last."
                        .formatted(OUTAGE.toSeconds(), COUNT),
                "",
                "| what | settings | delivered | twice | all there, after the link's return |",
                "|---|---|---|---|---|"));
        all.stream().map(Outcome::line).forEach(lines::add);
        Figures.publish("side-by-side", lines);
        assertEquals(Set.of(), ours.tally().lost(), () -> ours.tally().toString());
        assertEquals(List.of(), ours.tally().doubled(), () -> ours.tally().toString());
    }

    private static Outcome ours() throws Exception {
        try (WholePair both = WholePair.open("ours", 1)) {
            Sender sender = new Sender(both.here().host(), both.here().brokerUrl(), both.here()::kill, () -> {
                both.here().start();
                both.here().awaitReady();
            });
            return run(
                    "two gateways",
                    "defaults",
                    sender,
                    both.there().host(),
                    both.there().brokerUrl());
        }
    }

    private static Outcome mosquitto(String labName, BridgedBrokers brokers) throws Exception {
        try (Lab lab = Lab.open(labName)) {
            LocalNetwork lan = lab.lan("lan");
            Host second = lan.host("there");
            Host first = lan.host("here");
            Mosquitto there = brokers.receiver(second);
            Mosquitto here = brokers.sender(first, second);
            Sender sender = new Sender(first, here.url(), here::kill, here::start);
            return run("two bridged Mosquitto", brokers.description(), sender, second, there.url());
        }
    }

    private static Outcome run(String name, String settings, Sender sender, Host there, String thereUrl)
            throws Exception {
        try (Reader reader = new Reader(thereUrl, "demo/#")) {
            Publisher.publish(sender.brokerUrl(), "demo/first", 10);
            reader.take(10, PATIENCE);
            long beginNs = System.nanoTime();
            sender.host().deafen();
            there.deafen();
            Set<Sent> acknowledged = Publisher.publish(sender.brokerUrl(), "demo/outage", COUNT);
            Field.pass(UNTIL_THE_POWER_CUT);
            sender.kill().run();
            sender.start().run();
            Field.pass(OUTAGE.minusNanos(System.nanoTime() - beginNs));
            sender.host().listen();
            there.listen();
            long upNs = System.nanoTime();
            Tally tally = Tally.of(reader, acknowledged, PATIENCE, QUIET);
            return new Outcome(name, settings, tally, tally.lastSeconds(upNs));
        }
    }
}
