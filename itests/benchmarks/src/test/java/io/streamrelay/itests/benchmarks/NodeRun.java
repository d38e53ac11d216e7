// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the operations of the reference and of native libsodium under Node.
 *
 * @param pace how long each
 * @param module this module's folder
 */
record NodeRun(Pace pace, Path module) {

    private static final String TIME = "ns";

    /** @param group what micro.mjs calls it */
    void measure(String group, Figure figure, Party party, Samples into) throws IOException, InterruptedException {
        String found = run(
                "src/test/js/micro.mjs",
                group,
                figure.referenceKey(),
                Long.toString(pace.warmMs()),
                Long.toString(pace.measureMs()));
        new ObjectMapper().readTree(found).properties().forEach(field -> {
            String key = field.getKey().equals(TIME) ? figure.key() : figure.key() + " " + field.getKey();
            into.add(party, key, field.getValue().asDouble());
        });
    }

    String version() throws IOException, InterruptedException {
        return run("--version").strip();
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder node =
                new ProcessBuilder("node").directory(module.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        node.command().addAll(List.of(arguments));
        Process process = node.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", node.command()) + " ended with " + process.exitValue());
        }
        return said;
    }
}
