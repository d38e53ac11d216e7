// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.figures;

import io.streamrelay.itests.karaf.process.TwoGateways;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures two gateways on this host, all in one run, and writes what it found. */
public final class FirstLight {

    private final List<String> lines = new ArrayList<>();

    private FirstLight() {}

    /** @param arguments the file to write */
    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        FirstLight report = new FirstLight();
        report.head();
        report.starting();
        report.carrying();
        report.write(Path.of(arguments[0]));
        System.exit(0);
    }

    private void head() throws IOException {
        say("# Figures");
        say("");
        say("Measured by `itests/figures` on %s, in one run:".formatted(LocalDate.now()));
        say(Machine.description() + ". Sensors and readers ran on the same machine.");
        say("Its load before the run was %.1f.".formatted(Machine.load()));
    }

    private void starting() throws IOException, InterruptedException {
        Samples first = Starting.firstStarts();
        Samples again = Starting.restarts();
        say("");
        say("## One gateway");
        say("");
        say("| | median | worst |");
        say("|---|---|---|");
        say("| from `./gateway` on a built tree to the ready line, first start of a home | %.1f s | %.1f s |"
                .formatted(first.median(), first.max()));
        say("| the same, every later start | %.1f s | %.1f s |".formatted(again.median(), again.max()));
        say("| resident memory after an idle minute | %d MB | |".formatted(Starting.idleMegabytes()));
    }

    private void carrying() throws Exception {
        say("");
        say("## Broker to broker");
        say("");
        say("Messages of 200 bytes, QoS 1, from a sensor at the first gateway's broker to a reader at the second's.");
        say(
                "The first row is one broker without any gateway in between, for comparison. The latency at 100 messages a");
        say(
                "second is that of gateways that have carried 2,000 messages before; then come three bursts of 5,000 each way,");
        say("and then the latency again.");
        say("");
        say(
                "| | latency: median | 99th percentile | messages/s, bursts | latency after them: median | 99th percentile |");
        say("|---|---|---|---|---|---|");
        try (TwoGateways gateways = TwoGateways.startLooking("figures")) {
            String first = gateways.first().awaitReady().brokerUrl();
            String second = gateways.second().awaitReady().brokerUrl();
            rows(List.of(
                    new Carrying("one broker alone", first, first, "unrouted/figures"),
                    new Carrying("envelope", first, second, "demo/figures"),
                    new Carrying("raw", first, second, "raw/small/first")));
        }
    }

    /** No way is measured behind the bursts of another. */
    private void rows(List<Carrying> ways) throws Exception {
        for (Carrying way : ways) {
            way.warmUp();
        }
        List<Samples> before = new ArrayList<>();
        for (Carrying way : ways) {
            before.add(way.latency());
        }
        List<Samples> bursts = new ArrayList<>();
        for (Carrying way : ways) {
            bursts.add(way.throughput());
        }
        for (int i = 0; i < ways.size(); i++) {
            row(ways.get(i).name(), before.get(i), bursts.get(i), ways.get(i).latency());
        }
    }

    private void row(String name, Samples before, Samples bursts, Samples after) {
        say("| %s | %.1f ms | %.1f ms | %,.0f | %.1f ms | %.1f ms |"
                .formatted(
                        name,
                        before.median(),
                        before.quantile(0.99),
                        bursts.median(),
                        after.median(),
                        after.quantile(0.99)));
    }

    private void say(String line) {
        System.out.println(line);
        lines.add(line);
    }

    /** Keeps the simulator's section, the last one, which it measures itself. */
    private void write(Path file) throws IOException {
        String before = Files.exists(file) ? Files.readString(file) : "";
        int simulated = before.indexOf("\n## Meshes, simulated");
        String kept = simulated < 0 ? "" : before.substring(simulated);
        Files.writeString(file, String.join("\n", lines) + "\n" + kept);
    }
}
