// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.hello;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs README's hello world, twice at a time. */
class HelloWorldTest {

    private static final String HELLO = "hello, world: {\"language\":\"english\"}";
    private static final String GREETING = " says nice to meet you";

    @Test
    void twoOfThemHearAndGreetEachOther(@TempDir Path folder) throws Exception {
        int port = freePort();
        Process first = run(folder.resolve("first"), Integer.toString(port));
        Process second = run(folder.resolve("second"), "0", "127.0.0.1:" + port);
        try {
            CompletableFuture<Set<String>> heardByFirst = hear(first);
            CompletableFuture<Set<String>> heardBySecond = hear(second);
            assertTrue(heardByFirst.get(60, TimeUnit.SECONDS).containsAll(Set.of(HELLO, GREETING)));
            assertTrue(heardBySecond.get(60, TimeUnit.SECONDS).containsAll(Set.of(HELLO, GREETING)));
        } finally {
            first.destroyForcibly().waitFor();
            second.destroyForcibly().waitFor();
        }
    }

    /** Completes with what was heard when there is both, or when the process has ended. */
    private static CompletableFuture<Set<String>> hear(Process process) {
        return CompletableFuture.supplyAsync(
                () -> {
                    Set<String> heard = new TreeSet<>();
                    try (BufferedReader lines = process.inputReader()) {
                        for (String line = lines.readLine();
                                line != null && heard.size() < 2;
                                line = lines.readLine()) {
                            if (line.equals(HELLO)) {
                                heard.add(HELLO);
                            } else if (line.endsWith(GREETING)) {
                                heard.add(GREETING);
                            }
                            if (heard.size() == 2) {
                                return heard;
                            }
                        }
                    } catch (IOException e) {
                        heard.add(e.toString());
                    }
                    return heard;
                },
                task -> new Thread(task).start());
    }

    private static Process run(Path folder, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HelloWorld.class.getName(),
                folder.toString());
        builder.command().addAll(List.of(arguments));
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
