// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.gossip.engine.EngineConfig;

/**
 * Everything that a run depends on, apart from what its scenario does.
 *
 * @param scenario the test, as {@code Class#method}: what {@code -Dtest} takes to replay it; or the name of a figure, or of a
 *     chapter of itests/benchmarks/meshes after {@link #CHAPTER}
 * @param seed draws everything that is left to chance
 * @param nodes how many nodes there are; they are numbered from 0
 * @param link what the network does
 * @param commitMaxMs a store commits after 1 ms to this, in order
 * @param heartbeatMs {@link EngineConfig#heartbeatMs()} of each node
 * @param openMs how long a node takes to open a message, one after the other; 0 = no time
 */
public record SimulationOptions(
        String scenario, long seed, int nodes, LinkOptions link, long commitMaxMs, long heartbeatMs, long openMs) {

    /** A commit with fsync on flash storage takes some milliseconds; a guess, to be measured. */
    public static final long DEFAULT_COMMIT_MAX_MS = 8;

    /** What the names of the chapters of itests/benchmarks/meshes come after. */
    public static final String CHAPTER = "scenario ";

    public SimulationOptions {
        if (nodes < 1 || commitMaxMs < 1) {
            throw new IllegalArgumentException("nodes " + nodes + ", commitMaxMs " + commitMaxMs + ": at least 1");
        }
    }

    /** A faultless network of that many nodes. */
    public static SimulationOptions of(String scenario, long seed, int nodes) {
        return new SimulationOptions(
                scenario, seed, nodes, LinkOptions.CLEAN, DEFAULT_COMMIT_MAX_MS, EngineConfig.DEFAULT_HEARTBEAT_MS, 0);
    }

    /** The same with another network. */
    public SimulationOptions withLink(LinkOptions other) {
        return new SimulationOptions(scenario, seed, nodes, other, commitMaxMs, heartbeatMs, openMs);
    }

    /** The same with another {@link EngineConfig#heartbeatMs()}. */
    public SimulationOptions withHeartbeatMs(long otherMs) {
        return new SimulationOptions(scenario, seed, nodes, link, commitMaxMs, otherMs, openMs);
    }

    /** The same with nodes that take so long to open a message. */
    public SimulationOptions withOpenMs(long otherMs) {
        return new SimulationOptions(scenario, seed, nodes, link, commitMaxMs, heartbeatMs, otherMs);
    }

    /** The command that runs this very simulation again; of a figure with all others, of a chapter with the seeds before. */
    public String replayCommand() {
        if (scenario.startsWith(CHAPTER)) {
            return "itests/benchmarks/run meshes " + seed + " \"" + scenario.substring(CHAPTER.length()) + "\"";
        }
        if (scenario.indexOf('#') < 0) {
            return "itests/figures meshes";
        }
        return "mvn -B -pl itests/simulator -am verify -Dtest='" + scenario
                + "' -Dsurefire.failIfNoSpecifiedTests=false -Dsim.seed=" + seed;
    }

    /** All options in one line. */
    @Override
    public String toString() {
        return "simulation scenario=" + scenario + " seed=" + seed + " nodes=" + nodes + " latencyMs="
                + link.latencyMinMs() + ".." + link.latencyMaxMs() + " jitterMs=" + link.jitterMs() + " loss="
                + link.loss() + " duplication=" + link.duplication() + " commitMaxMs=" + commitMaxMs + " heartbeatMs="
                + heartbeatMs + " openMs=" + openMs;
    }
}
