// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.network.Await;
import io.streamrelay.itests.network.lab.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A Mosquitto, as Debian has it, on a host of a lab: any number of messages queue for who is away, unless it is told. */
public final class Mosquitto implements AutoCloseable {

    public static final int PORT = 1_883;

    private static final Duration START_MAX = Duration.ofSeconds(30);

    private final Host host;
    private final Path folder;
    private final String url;
    private Process process;

    private Mosquitto(Host host, Path folder) {
        this.host = host;
        this.folder = folder;
        start();
        url = "tcp://127.0.0.1:" + host.doorTo(PORT);
    }

    /** One for a gateway on the same host. */
    static Mosquitto beside(Host host, Path folder, List<String> settings) {
        List<String> all = new ArrayList<>(List.of("listener " + PORT + " 127.0.0.1", "max_queued_messages 0"));
        all.addAll(settings);
        return of(host, folder, all);
    }

    /** One with these settings, besides that it takes anonymous clients. */
    public static Mosquitto of(Host host, Path folder, List<String> settings) {
        List<String> all = new ArrayList<>(settings);
        all.add(1, "allow_anonymous true");
        // It would give up root's rights otherwise, and could not write to its folder.
        all.add("user root");
        all.add("persistence_location " + folder + "/");
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve("mosquitto.conf"), all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Mosquitto(host, folder);
    }

    /** Starts it (again), with the settings that it had. */
    void start() {
        List<String> command = new ArrayList<>(host.entering());
        command.addAll(List.of(
                "/usr/sbin/mosquitto", "-c", folder.resolve("mosquitto.conf").toString()));
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("mosquitto.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertTrue(Await.comes(START_MAX, () -> host.listens(PORT)), "Mosquitto does not start; see " + folder);
    }

    String url() {
        return url;
    }

    public long pid() {
        return process.pid();
    }

    /** Ends it with SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** It does nothing any more, but its connections stay open, until it is told to go on. */
    void standStill() throws IOException, InterruptedException {
        signal("STOP");
    }

    void goOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        // The shell's own: not every machine has the program.
        int status = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid())
                .start()
                .waitFor();
        assertEquals(0, status, () -> "no signal to Mosquitto, process " + pid());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
