// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import io.streamrelay.itests.network.field.PlainGateway;
import io.streamrelay.itests.network.field.Setup;
import java.util.List;

/** Two gateways in plain Java, each beside a Mosquitto, with such options of the virtual machine. */
final class GatewayContender implements Contender {

    static final String GATEWAY = "gateway";

    private static final String CLUSTER = "whole";
    private static final String BRIDGE = "load";
    private static final String TOPIC = "field/load/reading";

    /** With QoS 1, as a route is unless it says otherwise. */
    private static final String ROUTE = "field/load/# both";

    private final String[] javaOptions;
    private PlainGateway there;
    private PlainGateway here;
    private Ends ends;

    GatewayContender(List<String> javaOptions) {
        this.javaOptions = javaOptions.toArray(String[]::new);
    }

    private Setup setup() {
        return Setup.member(CLUSTER).bridge(BRIDGE, "5", ROUTE).java(javaOptions);
    }

    @Override
    public void startThere(Stage stage) throws Exception {
        there = PlainGateway.on(stage.there(), setup());
        ends = Ends.mqtt(stage, TOPIC);
    }

    @Override
    public void startHere(Stage stage) throws Exception {
        here = PlainGateway.on(stage.here(), setup().peers(stage.there()));
    }

    /** The sender's and the receiver's. */
    List<PlainGateway> gateways() {
        return List.of(here, there);
    }

    @Override
    public Ends ends() {
        return ends;
    }

    @Override
    public List<Part> parts() {
        return List.of(
                new Part(GATEWAY, here.host(), here.pid()),
                new Part("broker", here.host(), here.broker().pid()),
                new Part(GATEWAY, there.host(), there.pid()),
                new Part("broker", there.host(), there.broker().pid()));
    }
}
