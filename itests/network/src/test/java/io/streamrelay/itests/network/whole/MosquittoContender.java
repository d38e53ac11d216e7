// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import io.streamrelay.itests.network.field.BridgedBrokers;
import io.streamrelay.itests.network.field.Mosquitto;
import java.util.List;

/** Two bridged Mosquitto brokers, without any gateway. */
final class MosquittoContender implements Contender {

    private static final String TOPIC = "demo/load";

    private final BridgedBrokers brokers;
    private List<Part> parts = List.of();
    private Mosquitto there;
    private Ends ends;

    MosquittoContender(BridgedBrokers brokers) {
        this.brokers = brokers;
    }

    @Override
    public void startThere(Stage stage) {
        there = brokers.receiver(stage.there());
        ends = Ends.mqtt(stage, TOPIC);
    }

    @Override
    public void startHere(Stage stage) {
        Mosquitto here = brokers.sender(stage.here(), stage.there());
        parts = List.of(
                new Part("bridging broker", stage.here(), here.pid()), new Part("broker", stage.there(), there.pid()));
    }

    @Override
    public Ends ends() {
        return ends;
    }

    @Override
    public List<Part> parts() {
        return parts;
    }
}
