// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import io.streamrelay.itests.karaf.process.GatewayHome;
import io.streamrelay.itests.karaf.process.GatewayProcess;
import io.streamrelay.itests.network.field.Mosquitto;
import io.streamrelay.itests.network.lab.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Two gateways as {@code ./gateway} starts them, container and all, but without its broker: each beside a Mosquitto. */
final class LeanContender implements Contender {

    private static final String TOPIC = "demo/load";
    private static final int UDP_PORT = 19_777;
    private static final Path DISTRIBUTION = Path.of("..", "..", "features", "gateway", "target", "assembly", "etc");
    private static final Path CONFIG = Path.of("..", "..", "config");
    private static final String FEATURES = "org.apache.karaf.features.cfg";
    private static final String BROKER = "artemis.xml";

    /** A gateway and the broker beside it. */
    private record Pair(Host host, Mosquitto broker, GatewayProcess gateway) {

        List<Part> parts() {
            return List.of(
                    new Part(GatewayContender.GATEWAY, host, gateway.pid()), new Part("broker", host, broker.pid()));
        }
    }

    private final String javaOptions;
    private Pair there;
    private Pair here;
    private Ends ends;

    LeanContender(List<String> javaOptions) {
        this.javaOptions = String.join(" ", javaOptions);
    }

    @Override
    public void startThere(Stage stage) throws IOException, InterruptedException {
        there = pair(stage.there(), "");
        there.gateway().awaitReady();
        ends = Ends.mqtt(stage, TOPIC);
    }

    @Override
    public void startHere(Stage stage) throws IOException {
        here = pair(stage.here(), stage.there().address() + ":" + UDP_PORT);
    }

    private Pair pair(Host host, String peers) throws IOException {
        GatewayHome home = GatewayHome.fresh("lean-" + host.name())
                .configure("io.streamrelay.node", "peers = " + peers)
                .configure("io.streamrelay.subcluster-demo", "name = demo", "sharedKey = of the field")
                .configure("io.streamrelay.mqtt-demo", "subcluster = demo", "routes = demo/# both");
        leaveOutTheBroker(home.directory().resolve("etc"));
        Mosquitto broker = Mosquitto.of(
                host,
                home.directory().resolve("mosquitto"),
                List.of("listener " + Mosquitto.PORT + " 127.0.0.1", "max_queued_messages 0"));
        List<String> starter = new ArrayList<>(host.entering());
        starter.addAll(List.of("env", "JAVA_OPTS=" + javaOptions));
        return new Pair(host, broker, GatewayProcess.startBy(starter, home, 0));
    }

    /** As README.md says: a feature less, and no acceptor that the launcher would wait for. */
    private static void leaveOutTheBroker(Path etc) throws IOException {
        String features = Files.readString(DISTRIBUTION.resolve(FEATURES));
        String without = features.replace("srp-gateway", "srp-core, srp-mqtt, srp-config, srp-console");
        if (without.equals(features)) {
            throw new IllegalStateException(FEATURES + " of the distribution has no feature srp-gateway to take apart");
        }
        Files.writeString(etc.resolve(FEATURES), without);
        Files.write(
                etc.resolve(BROKER),
                Files.readAllLines(CONFIG.resolve(BROKER)).stream()
                        .filter(line -> !line.contains("<acceptor name=\"mqtt\">"))
                        .toList());
    }

    @Override
    public Ends ends() {
        return ends;
    }

    @Override
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>(here.parts());
        parts.addAll(there.parts());
        return parts;
    }
}
