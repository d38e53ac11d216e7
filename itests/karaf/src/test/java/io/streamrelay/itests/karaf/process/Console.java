// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an operator types into a gateway's console, over ssh, and sees in its log.
 *
 * @param offset the gateway's offset of ports
 */
record Console(GatewayHome home, int offset) {

    private static final Path CLIENT = Path.of("..", "..", "features", "gateway", "target", "assembly", "bin", "client")
            .toAbsolutePath()
            .normalize();
    private static final Pattern PID = Pattern.compile("^Pid: +(\\S+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_EVERY_NS = Duration.ofMillis(100).toNanos();

    /** Types these lines in one session, waits for its end, and tells what was said. */
    String type(String... commands) throws Exception {
        Path said = home.directory().resolve("console.txt");
        Process client =
                client().redirectErrorStream(true).redirectOutput(said.toFile()).start();
        client.getOutputStream().write((String.join("\n", commands) + "\n").getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().close();
        boolean ended = client.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        client.destroyForcibly();
        assertTrue(ended && client.exitValue() == 0, () -> "the console says: " + read(said));
        return read(said);
    }

    /** The PIDs of the configurations that such a filter finds. */
    List<String> pids(String filter) throws Exception {
        return type("config:list '" + filter + "'")
                .lines()
                .map(PID::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .toList();
    }

    private ProcessBuilder client() throws IOException {
        String port = Integer.toString(8_101 + offset);
        ProcessBuilder client = new ProcessBuilder(
                CLIENT.toString(), "-b", "-h", "127.0.0.1", "-a", port, "-u", "karaf", "-p", password());
        client.environment().put("KARAF_BASE", home.directory().toString());
        client.environment().put("KARAF_DATA", home.directory().resolve("data").toString());
        client.environment().put("KARAF_ETC", home.directory().resolve("etc").toString());
        return client;
    }

    /** Of the user karaf, here and at the web page. */
    String password() throws IOException {
        return Files.readAllLines(home.directory().resolve("etc").resolve("users.properties")).stream()
                .filter(line -> line.startsWith("karaf = "))
                .map(line -> line.substring("karaf = ".length(), line.indexOf(',')))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until the gateway has logged this. */
    void awaitLog(String text) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!read(home.log()).contains(text)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("the log does not say '" + text + "'; it is " + home.log());
            }
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
