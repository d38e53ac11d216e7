// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.equinox;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A Mosquitto on the loopback interface that asks for a password, and its command-line clients. */
final class LocalBroker implements AutoCloseable {

    static final String USER = "gateway";
    static final String PASSWORD = "a secret, with - and ,";

    private static final long START_SECONDS = 20;

    private final Path folder;
    private final int port;
    private final List<Process> processes = new ArrayList<>();

    private LocalBroker(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** A port to start it at. */
    static LocalBroker absent(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        LocalBroker broker = new LocalBroker(folder, freePort());
        Path passwords = folder.resolve("passwords");
        run("mosquitto_passwd", "-c", "-b", passwords.toString(), USER, PASSWORD);
        Files.writeString(folder.resolve("mosquitto.conf"), """
                listener %d 127.0.0.1
                password_file %s
                max_queued_messages 0
                user root
                """.formatted(broker.port, passwords));
        return broker;
    }

    static LocalBroker started(Path folder) throws IOException, InterruptedException {
        LocalBroker broker = absent(folder);
        broker.start();
        return broker;
    }

    void start() throws IOException, InterruptedException {
        processes.add(new ProcessBuilder(
                        "mosquitto", "-c", folder.resolve("mosquitto.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("mosquitto.log").toFile())
                .start());
        long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!isOpen()) {
            if (System.nanoTime() > untilNs) {
                throw new IOException("no Mosquitto at port " + port);
            }
            Thread.sleep(20);
        }
    }

    private boolean isOpen() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException(command[0] + " ended with " + process.exitValue());
        }
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    private List<String> client(String program, String... options) {
        List<String> command = new ArrayList<>(
                List.of(program, "-h", "127.0.0.1", "-p", Integer.toString(port), "-u", USER, "-P", PASSWORD));
        command.addAll(List.of(options));
        return command;
    }

    /** Publishes with QoS 1, and waits for the broker. */
    void publish(String topic, String text) throws IOException, InterruptedException {
        run(client("mosquitto_pub", "-q", "1", "-t", topic, "-m", text).toArray(String[]::new));
    }

    /** What comes from now on, each as topic, space, text. */
    BlockingQueue<String> listen(String... topics) throws IOException {
        List<String> options = new ArrayList<>(List.of("-v", "-q", "1"));
        for (String topic : topics) {
            options.addAll(List.of("-t", topic));
        }
        Process process = new ProcessBuilder(client("mosquitto_sub", options.toArray(String[]::new)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
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

    @Override
    public void close() throws InterruptedException {
        for (Process process : processes) {
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }
}
