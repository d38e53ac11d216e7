// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run of the launcher; closing it kills what still runs. */
public final class GatewayProcess implements AutoCloseable {

    /** From the start to the ready line; generous, for both processors of a small machine may be busy. */
    public static final Duration START_MAX = Duration.ofSeconds(120);

    private static final Path LAUNCHER =
            Path.of("..", "..", "gateway").toAbsolutePath().normalize();

    private final GatewayHome home;
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<ReadyLine> ready = new CompletableFuture<>();
    private final Thread reader;

    private GatewayProcess(GatewayHome home, Process process) {
        this.home = home;
        this.process = process;
        this.reader = new Thread(this::read, "output-of-" + home.directory().getFileName());
        this.reader.setDaemon(true);
        this.reader.start();
    }

    /** Starts the launcher, with no terminal, and returns at once. */
    public static GatewayProcess start(GatewayHome home, int offset, String... moreArguments) throws IOException {
        return startBy(List.of(), home, offset, moreArguments);
    }

    /** As {@link #start}, by a command that runs the launcher, such as one that enters a network namespace first. */
    public static GatewayProcess startBy(List<String> starter, GatewayHome home, int offset, String... moreArguments)
            throws IOException {
        List<String> command = new ArrayList<>(starter);
        command.addAll(List.of(
                LAUNCHER.toString(), "--home", home.directory().toString(), "--offset", Integer.toString(offset)));
        command.addAll(List.of(moreArguments));
        Process process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .start();
        return new GatewayProcess(home, process);
    }

    private void read() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                ReadyLine.parse(line).ifPresent(ready::complete);
            }
        } catch (IOException e) {
            lines.add("the output cannot be read: " + e);
        }
        ready.completeExceptionally(new IOException("the gateway ended before it was ready: " + lines));
    }

    /** Waits for the ready line. */
    public ReadyLine awaitReady() throws InterruptedException {
        try {
            return ready.get(START_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("not ready: " + lines + "; its log is " + home.log(), e);
        }
    }

    /** Waits for the end of its own accord, and tells the exit status; empty when it still runs after the time. */
    public Optional<Integer> awaitExit(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            return Optional.empty();
        }
        reader.join(TimeUnit.SECONDS.toMillis(10));
        return Optional.of(process.exitValue());
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Sends SIGKILL and waits for the end: a power cut, as far as the process can tell. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** What it printed so far, both streams. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
