// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.benchmarks;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs our own operations.
 *
 * @param pace how long each
 * @param log what JMH says goes there
 */
record JavaRun(Pace pace, Path log) {

    /** What the profiler calls the bytes that one operation allocates. */
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /** What SyncBenchmark counts: how often it ran, and what went over the wire. */
    private static final String ROUNDS = "rounds";

    private static final List<String> TRAFFIC =
            List.of("virtualMs", "syncs", "syncBytes", "publications", "publicationBytes", "others", "otherBytes");

    /** One operation, in a virtual machine of its own. */
    void measure(Figure figure, Party party, List<String> options, Samples into) throws RunnerException {
        String[] key = figure.key().split(" ");
        ChainedOptionsBuilder run = new OptionsBuilder().forks(1).jvmArgs(options.toArray(String[]::new));
        if (key.length > 1) {
            run.param(figure.group().parameter(), key[1]);
        }
        run(figure.group(), key[0], run).forEach(result -> note(result, party, into));
    }

    /** All of a group, in this virtual machine. */
    void attempt(Group group, Samples into) throws RunnerException {
        run(group, ".*", new OptionsBuilder().forks(0)).forEach(result -> note(result, Party.STREAMRELAY, into));
    }

    private Collection<RunResult> run(Group group, String method, ChainedOptionsBuilder options)
            throws RunnerException {
        // It would let no two checkouts on one machine run their tests at a time.
        System.setProperty("jmh.ignoreLock", "true");
        group.benchmarks().forEach(name -> options.include("\\." + name + "\\." + method + "$"));
        return new Runner(options.warmupIterations(pace.warmUps())
                        .warmupTime(TimeValue.milliseconds(pace.sliceMs()))
                        .measurementIterations(pace.slices())
                        .measurementTime(TimeValue.milliseconds(pace.sliceMs()))
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .output(log.toString())
                        .build())
                .run();
    }

    private static void note(RunResult result, Party party, Samples into) {
        String key = key(result);
        into.add(party, key, result.getPrimaryResult().getScore());
        into.add(party, key + " allocated", more(result, ALLOCATED));
        if (result.getSecondaryResults().containsKey(ROUNDS)) {
            TRAFFIC.forEach(what -> into.add(party, key + " " + what, more(result, what) / more(result, ROUNDS)));
        }
    }

    private static double more(RunResult result, String what) {
        return result.getSecondaryResults().get(what).getScore();
    }

    /** The method's name and its parameter's value. */
    private static String key(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        StringBuilder key = new StringBuilder(benchmark.substring(benchmark.lastIndexOf('.') + 1));
        for (String parameter : result.getParams().getParamsKeys()) {
            key.append(' ').append(result.getParams().getParam(parameter));
        }
        return key.toString();
    }
}
