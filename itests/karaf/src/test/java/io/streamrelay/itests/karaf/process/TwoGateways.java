// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import java.io.IOException;

/** Two gateways on one host, each with its own broker, that share two subclusters: one enveloped, one raw. */
public final class TwoGateways implements AutoCloseable {

    private final Console console;
    private final GatewayProcess first;
    private final GatewayProcess second;

    private TwoGateways(Console console, GatewayProcess first, GatewayProcess second) {
        this.console = console;
        this.first = first;
        this.second = second;
    }

    /** Starts both, of homes with that prefix; the second knows the first one's port, and nobody looks for others. */
    public static TwoGateways start(String prefix) throws IOException {
        return start(prefix, false);
    }

    /** As {@link #start(String)}, looking for others on the local network as gateways do by default. */
    public static TwoGateways startLooking(String prefix) throws IOException {
        return start(prefix, true);
    }

    private static TwoGateways start(String prefix, boolean looking) throws IOException {
        int firstOffset = PortOffset.free();
        int secondOffset = PortOffset.free();
        GatewayHome first = configured(prefix + "-first", secondOffset, "", looking);
        GatewayHome second =
                configured(prefix + "-second", secondOffset, "127.0.0.1:" + (19_777 + firstOffset), looking);
        return new TwoGateways(
                new Console(first, firstOffset),
                GatewayProcess.start(first, firstOffset),
                GatewayProcess.start(second, secondOffset));
    }

    private static GatewayHome configured(String name, int secret, String peers, boolean looking) throws IOException {
        String broker = "broker = tcp://127.0.0.1:${env:STREAMRELAY_MQTT_PORT:-1883}";
        return GatewayHome.fresh(name)
                .configure(
                        "io.streamrelay.node",
                        "port = ${env:STREAMRELAY_UDP_PORT:-19777}",
                        "peers = " + peers,
                        "lanDiscovery = " + looking)
                .configure("io.streamrelay.subcluster-demo", "name = demo", "sharedKey = of two gateways " + secret)
                .configure("io.streamrelay.subcluster-plant", "name = plant", "sharedKey = raw of two " + secret)
                .configure("io.streamrelay.mqtt-demo", broker, "subcluster = demo", "routes = demo/# both 1")
                .configure(
                        "io.streamrelay.mqtt-plant",
                        broker,
                        "subcluster = plant",
                        "format = raw",
                        "routes = " + String.join(", ", rawRoutes()));
    }

    private static String[] rawRoutes() {
        return new String[] {
            "raw/small/first both 1", "raw/small/second both 1", "raw/large/first both 1", "raw/large/second both 1"
        };
    }

    public GatewayProcess first() {
        return first;
    }

    /** The first one's. */
    Console console() {
        return console;
    }

    public GatewayProcess second() {
        return second;
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
