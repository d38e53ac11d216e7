// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Mosquitto of this host, without anything on disk, on a free port of the loopback interface. */
final class Mosquitto implements AutoCloseable {

    private static final int ATTEMPTS = 600;

    private final int port;
    private final Process process;

    /** Starts it, or skips the test where it is not installed. */
    Mosquitto(Path folder) throws Exception {
        Path program = Stream.of("/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/usr/bin/mosquitto")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(program != null, "mosquitto is not installed");
        port = FreePort.find();
        Path configuration = folder.resolve("mosquitto.conf");
        Files.writeString(configuration, "listener " + port + " 127.0.0.1\nallow_anonymous true\npersistence false\n");
        process = new ProcessBuilder(program.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("mosquitto.log").toFile())
                .start();
        awaitListening();
    }

    private void awaitListening() throws Exception {
        for (int attempt = 1; ; attempt++) {
            try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                if (attempt == ATTEMPTS || process.waitFor(50, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("Mosquitto does not start", e);
                }
            }
        }
    }

    int port() {
        return port;
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
    }
}
