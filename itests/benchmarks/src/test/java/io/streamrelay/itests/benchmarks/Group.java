// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.benchmarks;

import java.util.List;
import java.util.Locale;

/** Operations of one kind: what micro.mjs loads together. */
enum Group {
    CODEC(null, "CodecBenchmark"),
    SEAL("bytes", "SealBenchmark", "BurstBenchmark"),
    SUMMARY(null, "SummaryBenchmark"),
    SYNC("difference", "SyncBenchmark");

    private final String parameter;
    private final List<String> benchmarks;

    Group(String parameter, String... benchmarks) {
        this.parameter = parameter;
        this.benchmarks = List.of(benchmarks);
    }

    /** What its benchmarks are measured for several values of, or null. */
    String parameter() {
        return parameter;
    }

    /** The classes' names without their packages. */
    List<String> benchmarks() {
        return benchmarks;
    }

    /** What micro.mjs calls it. */
    String script() {
        return name().toLowerCase(Locale.ROOT);
    }
}
