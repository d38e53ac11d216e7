// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.gossip.packet.PacketType;
import java.util.List;
import java.util.Locale;

/**
 * What a run came to.
 *
 * @param seed its seed
 * @param messages how many messages were sent
 * @param deliveries how many times they came out
 * @param reachMedianMs from sending a message to its last receiver, in the median
 * @param reachMaxMs the same for the slowest message
 * @param datagrams all datagrams that were sent
 * @param publishDatagrams those among them that carried messages
 * @param bytes the bytes of all
 * @param virtualMs how long the run took in its own time
 * @param traceHash equal for equal runs
 */
public record RunSummary(
        long seed,
        int messages,
        int deliveries,
        long reachMedianMs,
        long reachMaxMs,
        long datagrams,
        long publishDatagrams,
        long bytes,
        long virtualMs,
        long traceHash) {

    static RunSummary of(Simulation simulation) {
        long[] reachMs = simulation.witnesses().deliveries().reachTimesMs();
        Traffic traffic = simulation.witnesses().traffic();
        return new RunSummary(
                simulation.options().seed(),
                simulation.messages().size(),
                simulation.witnesses().deliveries().count(),
                reachMs.length == 0 ? 0 : reachMs[reachMs.length / 2],
                reachMs.length == 0 ? 0 : reachMs[reachMs.length - 1],
                traffic.datagrams(),
                traffic.datagrams(PacketType.PUBLISH),
                traffic.bytes(),
                simulation.nowMs(),
                simulation.witnesses().trace().hash());
    }

    /** One line for each run under a line of headings. */
    public static String table(List<RunSummary> runs) {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%-20s %8s %10s %12s %10s %10s %12s %12s %9s  %s%n",
                "seed",
                "messages",
                "deliveries",
                "reach50[ms]",
                "reach[ms]",
                "datagrams",
                "publish/dlv",
                "all/dlv",
                "time[s]",
                "trace"));
        runs.forEach(run -> table.append(run.row()));
        return table.toString();
    }

    private String row() {
        double perDelivery = Math.max(1, deliveries);
        return String.format(
                Locale.ROOT,
                "%-20d %8d %10d %12d %10d %10d %12.2f %12.2f %9.1f  %016x%n",
                seed,
                messages,
                deliveries,
                reachMedianMs,
                reachMaxMs,
                datagrams,
                publishDatagrams / perDelivery,
                datagrams / perDelivery,
                virtualMs / 1e3,
                traceHash);
    }
}
