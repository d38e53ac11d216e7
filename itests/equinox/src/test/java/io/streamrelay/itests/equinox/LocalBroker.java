// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.equinox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A Mosquitto on the loopback interface that asks for a password. */
final class LocalBroker implements AutoCloseable {

    static final String USER = "gateway";
    static final String PASSWORD = "a secret, with - and ,";

    private final Path folder;
    private final LoopbackPort port;
    private final MqttClients clients;
    private Process process;

    private LocalBroker(Path folder, LoopbackPort port) {
        this.folder = folder;
        this.port = port;
        this.clients = new MqttClients(port, USER, PASSWORD);
    }

    /** A port to start it at. */
    static LocalBroker absent(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        LocalBroker broker = new LocalBroker(folder, LoopbackPort.free());
        Path passwords = folder.resolve("passwords");
        Process making = new ProcessBuilder("mosquitto_passwd", "-c", "-b", passwords.toString(), USER, PASSWORD)
                .inheritIO()
                .start();
        if (making.waitFor() != 0) {
            throw new IOException("mosquitto_passwd ended with " + making.exitValue());
        }
        Files.writeString(folder.resolve("mosquitto.conf"), """
                listener %d 127.0.0.1
                password_file %s
                max_queued_messages 0
                user root
                """.formatted(broker.port.number(), passwords));
        return broker;
    }

    static LocalBroker started(Path folder) throws IOException, InterruptedException {
        LocalBroker broker = absent(folder);
        broker.start();
        return broker;
    }

    void start() throws IOException, InterruptedException {
        process = new ProcessBuilder(
                        "mosquitto", "-c", folder.resolve("mosquitto.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("mosquitto.log").toFile())
                .start();
        port.awaitOpen();
    }

    String url() {
        return port.url();
    }

    MqttClients clients() {
        return clients;
    }

    /** Publishes with QoS 1, and waits for the broker. */
    void publish(String topic, String text) throws IOException, InterruptedException {
        clients.publish(topic, text);
    }

    /** What comes from now on, each as topic, space, text. */
    BlockingQueue<String> listen(String... topics) throws IOException {
        return clients.listen(topics);
    }

    @Override
    public void close() throws InterruptedException {
        clients.close();
        if (process != null) {
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }
}
