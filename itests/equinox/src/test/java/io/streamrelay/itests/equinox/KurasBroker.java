// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.equinox;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Kura's own MQTT broker, in Kura's versions, as a process. It keeps nothing when it ends. Clients of the tests may be
 * there before it is enabled, to hear all that a bridge brings.
 */
final class KurasBroker implements AutoCloseable {

    /** What Kura's form has. */
    static final String USER = "mqtt";

    static final String PASSWORD = "another secret, with - and ,";

    private static final String JARS = System.getProperty("kura.broker");

    private final LoopbackPort early = LoopbackPort.free();
    private final LoopbackPort port = LoopbackPort.free();
    private final MqttClients clients = new MqttClients(early, USER, PASSWORD);
    private final File log;
    private Process process;
    private Writer commands;

    /** @param folder where its log goes */
    KurasBroker(Path folder) throws IOException {
        this.log = folder.resolve("artemis.log").toFile();
        Files.createDirectories(folder);
    }

    private static Path source() {
        try {
            return Path.of(KurasBroker.class
                    .getResource("/kurasbroker/ArtemisAsInKura.java")
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts it, while nobody is let in but the clients of the tests. */
    void start() throws IOException, InterruptedException {
        if (process == null) {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            JARS + "/*",
                            source().toString(),
                            Integer.toString(early.number()),
                            Integer.toString(port.number()),
                            USER,
                            PASSWORD)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                    .start();
            commands = process.outputWriter();
        }
        command("start");
        early.awaitOpen();
    }

    /** From here on it is what the form's switch makes it. */
    void enable() throws IOException, InterruptedException {
        command("enable");
        port.awaitOpen();
    }

    /** As the form's switch does it: Kura goes on. */
    void disable() throws IOException {
        command("stop");
    }

    /** As when Kura ends. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        process = null;
    }

    private void command(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
    }

    String url() {
        return port.url();
    }

    MqttClients clients() {
        return clients;
    }

    @Override
    public void close() throws InterruptedException {
        clients.close();
        if (process != null) {
            kill();
        }
    }
}
