// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * README's first steps as they stand there, with the configuration that every gateway starts with. Only the offsets are
 * others, for gateways may be running on this host.
 */
@Order(5)
class FirstStepsIT {

    private static final Path CHECKOUT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final int ATTEMPTS = 60;

    /** What a new user waits for at most, from the second command to the first message; our own choice. */
    private static final Duration JOINED_MAX = Duration.ofMinutes(1);

    private final int first = PortOffset.free();
    private final int second = PortOffset.free();
    private Path folder;

    /** A checkout that nobody has started a gateway in: the parts of the built one. */
    @BeforeEach
    void makeCheckout() throws IOException {
        assumeTrue(isInstalled("mosquitto_pub") && isInstalled("mosquitto_sub"), "mosquitto-clients is not installed");
        folder = Files.createDirectories(GatewayHome.absent("first-steps").directory());
        for (String part : List.of("gateway", "pom.xml", "bundles", "features", "config")) {
            Files.createSymbolicLink(folder.resolve(part), CHECKOUT.resolve(part));
        }
    }

    @Test
    void leadFromOneBrokerToTheOther() throws Exception {
        String readme = Files.readString(CHECKOUT.resolve("README.md"));
        List<String> steps = codeBlocks(readme.substring(readme.indexOf("\n## First steps\n")));
        String start = with(codeBlocks(readme).get(0), "./gateway", "exec ./gateway --offset " + first);
        String another = with(steps.get(1), "./gateway ", "exec ./gateway ");
        String listen = with(steps.get(2), "-p 1884", "-p " + (1_883 + second));
        String publish = with(steps.get(3), "-p 1883", "-p " + (1_883 + first));

        GatewayHome home = new GatewayHome(folder.resolve(".gateway"));
        try (GatewayProcess one = GatewayProcess.startScript(home, start)) {
            one.awaitReady();
            String text = invitation(new Console(home, first).type(steps.get(0).strip()));
            long began = System.nanoTime();
            String startAnother = with(with(another, "--offset 1", "--offset " + second), "TEXT", text);
            try (GatewayProcess two =
                    GatewayProcess.startScript(new GatewayHome(folder.resolve(".gateway-2")), startAnother)) {
                two.awaitReady();
                assertEquals("demo/temperature 21.5", heard(listen, publish));
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                System.out.println("joined by invitation and heard the first message after " + took.toMillis() + " ms");
                assertTrue(took.compareTo(JOINED_MAX) < 0, () -> "it took " + took);
            }
        }
    }

    private static String invitation(String said) {
        Matcher text = Pattern.compile("srp1:[A-Za-z0-9_-]+").matcher(said);
        assertTrue(text.find(), () -> "no invitation: " + said);
        return text.group();
    }

    private static List<String> codeBlocks(String text) {
        String[] parts = text.split("(?m)^```.*\n", -1);
        return IntStream.range(0, parts.length / 2)
                .mapToObj(i -> parts[2 * i + 1])
                .toList();
    }

    /** With one part of a command replaced. */
    private static String with(String command, String part, String other) {
        assertTrue(command.contains(part), () -> "README does not say '" + part + "' in: " + command);
        return command.replace(part, other);
    }

    /** The first line that the listener prints; what is published before it listens does not reach it. */
    private String heard(String listen, String publish) throws Exception {
        Process listener = shell("exec " + listen);
        try (BufferedReader lines = listener.inputReader()) {
            CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> firstOf(lines));
            for (int attempt = 0; attempt < ATTEMPTS && !heard.isDone(); attempt++) {
                assertEquals(0, shell(publish).waitFor());
                awaitASecond(heard);
            }
            assertTrue(heard.isDone(), "nothing was heard");
            return heard.get();
        } finally {
            listener.destroyForcibly().waitFor();
        }
    }

    private Process shell(String command) throws IOException {
        return new ProcessBuilder("bash", "-ec", command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String firstOf(BufferedReader lines) {
        try {
            return lines.readLine();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void awaitASecond(CompletableFuture<String> heard) throws Exception {
        try {
            heard.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // The next attempt.
        }
    }

    private static boolean isInstalled(String program) {
        return Files.isExecutable(Path.of("/usr/bin", program));
    }
}
