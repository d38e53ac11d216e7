// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.function.Consumer;

/** One run of the launcher; closing it kills what still runs. */
public final class GatewayProcess implements AutoCloseable {

    /** From the start to the ready line; generous, for both processors of a small machine may be busy. */
    public static final Duration START_MAX = Duration.ofSeconds(120);

    private static final Path LAUNCHER =
            Path.of("..", "..", "gateway").toAbsolutePath().normalize();

    private final GatewayHome home;
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final CompletableFuture<ReadyLine> ready = new CompletableFuture<>();
    private final List<Thread> readers;

    private GatewayProcess(GatewayHome home, Process process) {
        this.home = home;
        this.process = process;
        this.readers = List.of(reader("output", this::readOutput), reader("errors", this::readErrors));
    }

    private Thread reader(String what, Runnable reading) {
        Thread reader = new Thread(reading, what + "-of-" + home.directory().getFileName());
        reader.setDaemon(true);
        reader.start();
        return reader;
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
        return launch(home, new ProcessBuilder(command));
    }

    /** Runs shell commands in the folder that the home is in; the last of them is the launcher. */
    static GatewayProcess startScript(GatewayHome home, String script) throws IOException {
        return launch(
                home,
                new ProcessBuilder("bash", "-ec", script)
                        .directory(home.directory().getParent().toFile()));
    }

    private static GatewayProcess launch(GatewayHome home, ProcessBuilder builder) throws IOException {
        return new GatewayProcess(
                home, builder.redirectInput(new File("/dev/null")).start());
    }

    private void readOutput() {
        read(process.getInputStream(), line -> {
            output.add(line);
            ReadyLine.parse(line).ifPresent(ready::complete);
        });
        ready.completeExceptionally(new IOException("the gateway ended before it was ready"));
    }

    private void readErrors() {
        read(process.getErrorStream(), line -> {});
    }

    private void read(InputStream stream, Consumer<String> listener) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                listener.accept(line);
            }
        } catch (IOException e) {
            lines.add("the output cannot be read: " + e);
        }
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
        for (Thread reader : readers) {
            reader.join(TimeUnit.SECONDS.toMillis(10));
        }
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

    /** What it printed so far to its standard output. */
    public List<String> output() {
        return List.copyOf(output);
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
