// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.equinox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Mosquitto's command-line clients, at one broker and as one user. They speak MQTT 3.1.1, as every broker does. */
final class MqttClients implements AutoCloseable {

    private static final int ATTEMPTS = 60;

    private final List<String> options;
    private final List<Process> listeners = new ArrayList<>();

    MqttClients(LoopbackPort port, String user, String password) {
        this.options = List.of(
                "-V", "mqttv311", "-h", "127.0.0.1", "-p", Integer.toString(port.number()), "-u", user, "-P", password);
    }

    private List<String> command(String program, List<String> more) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(options);
        command.addAll(more);
        return command;
    }

    /** Publishes with QoS 1, and waits for the broker. */
    void publish(String topic, String text) throws IOException, InterruptedException {
        publish(List.of("-q", "1", "-t", topic, "-m", text));
    }

    /** The same, for the broker to keep and tell those who come later. */
    void retain(String topic, String text) throws IOException, InterruptedException {
        publish(List.of("-r", "-q", "1", "-t", topic, "-m", text));
    }

    private void publish(List<String> what) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command("mosquitto_pub", what)).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException("mosquitto_pub ended with " + process.exitValue());
        }
    }

    /** What comes from now on, each as topic, space, text; also when the broker was away. */
    BlockingQueue<String> listen(String... topics) throws IOException {
        List<String> what = new ArrayList<>(List.of("-v", "-q", "1"));
        for (String topic : topics) {
            what.addAll(List.of("-t", topic));
        }
        Process process = new ProcessBuilder(command("mosquitto_sub", what))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        listeners.add(process);
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader lines = process.inputReader()) {
                        lines.lines().forEach(heard::add);
                    } catch (IOException e) {
                        heard.add(e.toString());
                    }
                },
                "mosquitto_sub");
        reader.setDaemon(true);
        reader.start();
        return heard;
    }

    /**
     * Publishes until it comes out where it is listened to, which must hear nothing else. What else was published so is
     * then on its way or there.
     */
    void awaitPath(String topic, BlockingQueue<String> heard) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            publish(topic, "there?");
            if (heard.poll(1, TimeUnit.SECONDS) != null) {
                publish(topic, "there!");
                String last = next(heard);
                while ((topic + " there?").equals(last)) {
                    last = next(heard);
                }
                assertEquals(topic + " there!", last);
                return;
            }
        }
        throw new AssertionError("nothing comes out at " + topic);
    }

    /** Null when nothing comes for a minute. */
    static String next(BlockingQueue<String> heard) throws InterruptedException {
        return heard.poll(ATTEMPTS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : listeners) {
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }
}
