// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import io.streamrelay.itests.network.lab.Lab;
import io.streamrelay.itests.network.lab.LinkQuality;
import io.streamrelay.itests.network.lab.LocalNetwork;
import java.util.function.UnaryOperator;

/** Two gateways on one Ethernet, each with its broker, of which the first knows where the second is. */
record Neighbours(Lab lab, LocalNetwork lan, PlainGateway here, PlainGateway there) implements AutoCloseable {

    /** The topics that their bridges carry. */
    static final String TOPICS = "field/five/#";

    /** One of these topics. */
    static final String TOPIC = "field/five/reading";

    static Neighbours open(String name) throws Exception {
        return open(name, LinkQuality.PERFECT, setup -> setup);
    }

    /** On such a line, set up in a way of their own; they reach each other. */
    static Neighbours open(String name, LinkQuality line, UnaryOperator<Setup> more) throws Exception {
        Lab lab = Lab.open(name);
        try {
            LocalNetwork lan = lab.lan("lan");
            PlainGateway there = PlainGateway.on(lan.host("there", line), more.apply(member(name)));
            PlainGateway here =
                    PlainGateway.on(lan.host("here"), more.apply(member(name)).peers(there.host()));
            here.awaitReaches(there);
            return new Neighbours(lab, lan, here, there);
        } catch (Exception | AssertionError e) {
            lab.close();
            throw e;
        }
    }

    /** A member of their subcluster with a bridge. */
    static Setup member(String name) {
        return Setup.member(name).bridge("five", "5");
    }

    /** One that holds no key, on the same Ethernet, which both reach. */
    PlainGateway carrier(String name) throws Exception {
        PlainGateway carrier =
                PlainGateway.on(lan.host("carrier"), Setup.carrier(name).peers(here.host(), there.host()));
        carrier.awaitReaches(here);
        carrier.awaitReaches(there);
        return carrier;
    }

    /** What one sends does not arrive at the other any more, and nobody is told. */
    void silence() {
        here.host().deafen();
        there.host().deafen();
    }

    /** They hear each other again; the time of it by {@link System#nanoTime()}. */
    long hear() {
        here.host().listen();
        there.host().listen();
        return System.nanoTime();
    }

    @Override
    public void close() {
        lab.close();
    }
}
