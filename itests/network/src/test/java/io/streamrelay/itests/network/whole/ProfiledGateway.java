// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamrelay.itests.network.field.PlainGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A gateway whose costs are watched while it carries a load. */
final class ProfiledGateway {

    private static final int TOP = 12;
    private static final double TEN_THOUSAND = 10_000;
    private static final double BYTES_PER_KB = 1_000;

    /** A thread that takes less than all of this is left out. */
    private static final double SECONDS_TOLD_MIN = 0.05;

    private static final double KB_TOLD_MIN = 0.1;

    private final Part part;
    private final PlainGateway gateway;
    private FlightRecording recording;
    private Map<String, Double> seconds;
    private JsonNode counters;
    private long sent;
    private long received;
    private long commits;
    private long groups;

    ProfiledGateway(Part part, PlainGateway gateway) {
        this.part = part;
        this.gateway = gateway;
    }

    /** @param folder for its recording; null = none is made */
    void begin(Path folder) throws IOException, InterruptedException {
        recording = folder == null
                ? null
                : FlightRecording.of(part, folder.resolve(part.host().name() + ".jfr"));
    }

    void before() {
        counters = counters();
        seconds = part.threadSeconds();
    }

    void after() {
        Map<String, Double> now = new TreeMap<>(part.threadSeconds());
        now.replaceAll((thread, value) -> value - seconds.getOrDefault(thread, 0.0));
        seconds = now;
        JsonNode before = counters;
        counters = counters();
        sent = counted("udp.send.datagrams", before);
        received = counted("udp.receive.datagrams", before);
        commits = counted("store.commits.done", before);
        groups = counted("store.commits.groups", before);
    }

    private JsonNode counters() {
        return gateway.stats().get("counters");
    }

    private long counted(String name, JsonNode before) {
        return counters.path(name).asLong() - before.path(name).asLong();
    }

    /** What so many messages cost it. */
    List<String> lines(int messages) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>(List.of("", "### " + part.host().name(), ""));
        lines.add(
                "For each 10,000 messages %,.0f datagrams were sent and %,.0f received, and %,.0f commits made in %,.0f groups."
                        .formatted(
                                each(sent, messages),
                                each(received, messages),
                                each(commits, messages),
                                each(groups, messages)));
        Costs costs = recording == null ? null : Costs.of(recording.stop());
        threads(lines, costs == null ? Map.of() : costs.threadBytes(), messages);
        if (costs != null) {
            shares(lines, "time in Java", costs.time());
            shares(lines, "bytes allocated", costs.memory());
        }
        return lines;
    }

    private static double each(double value, int messages) {
        return TEN_THOUSAND * value / messages;
    }

    private void threads(List<String> lines, Map<String, Double> bytes, int messages) {
        lines.add("");
        lines.add("| thread | CPU seconds for 10,000 messages | kB allocated for a message |");
        lines.add("|---|--:|--:|");
        TreeSet<String> names = new TreeSet<>(seconds.keySet());
        names.addAll(bytes.keySet());
        for (String name : names) {
            double spent = each(seconds.getOrDefault(name, 0.0), messages);
            double allocated = bytes.getOrDefault(name, 0.0) / messages / BYTES_PER_KB;
            if (spent >= SECONDS_TOLD_MIN || allocated >= KB_TOLD_MIN) {
                lines.add("| %s | %.2f | %.2f |".formatted(name, spent, allocated));
            }
        }
        lines.add("| **all** | **%.2f** | **%.2f** |"
                .formatted(each(sum(seconds), messages), sum(bytes) / messages / BYTES_PER_KB));
    }

    private static double sum(Map<String, Double> values) {
        return values.values().stream().mapToDouble(value -> value).sum();
    }

    private static void shares(List<String> lines, String what, Costs.Tally tally) {
        lines.add("");
        lines.add("| %s: library | | method of ours that wanted it | | method itself | |".formatted(what));
        lines.add("|---|--:|---|--:|---|--:|");
        for (int row = 0; row < TOP; row++) {
            lines.add("| %s | %s | %s |"
                    .formatted(cell(tally.libraries(), row), cell(tally.wanted(), row), cell(tally.methods(), row)));
        }
    }

    private static String cell(List<Map.Entry<String, Double>> shares, int row) {
        return row < shares.size()
                ? "`%s` | %.1f %%"
                        .formatted(
                                shares.get(row).getKey(), 100 * shares.get(row).getValue())
                : " | ";
    }
}
