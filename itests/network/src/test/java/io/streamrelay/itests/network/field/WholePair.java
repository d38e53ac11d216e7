// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import io.streamrelay.itests.karaf.process.GatewayHome;
import io.streamrelay.itests.network.lab.Host;
import io.streamrelay.itests.network.lab.Lab;
import io.streamrelay.itests.network.lab.LocalNetwork;
import io.streamrelay.itests.network.process.WholeGateway;
import java.io.IOException;

/** Two gateways as the launcher starts them, each with the broker that it brings, on one Ethernet. */
public record WholePair(Lab lab, WholeGateway here, WholeGateway there) implements AutoCloseable {

    /** Topics that they carry as they are configured by default. */
    public static final String TOPICS = "demo/#";

    /**
     * Starts both, of which the first knows the second, and waits until they are up.
     *
     * @param qos the quality of service of their routes; 1 is the default
     */
    static WholePair open(String name, int qos) throws Exception {
        Lab lab = Lab.open(name);
        try {
            LocalNetwork lan = lab.lan("lan");
            Host second = lan.host("there");
            WholeGateway there = start(name, second, qos, "");
            there.awaitReady();
            WholeGateway here = start(name, lan.host("here"), qos, second.address() + ":19777");
            here.awaitReady();
            return new WholePair(lab, here, there);
        } catch (Exception | AssertionError e) {
            lab.close();
            throw e;
        }
    }

    /** Starts one that knows these peers, and returns at once. */
    public static WholeGateway start(String name, Host host, int qos, String peers) throws IOException {
        GatewayHome home = GatewayHome.fresh(name + "-" + host.name())
                .configure("io.streamrelay.node", "peers = " + peers)
                .configure("io.streamrelay.subcluster-demo", "name = demo", "sharedKey = of the field")
                .configure("io.streamrelay.mqtt-demo", "subcluster = demo", "routes = " + TOPICS + " both " + qos);
        return WholeGateway.start(host, home);
    }

    @Override
    public void close() {
        lab.close();
    }
}
