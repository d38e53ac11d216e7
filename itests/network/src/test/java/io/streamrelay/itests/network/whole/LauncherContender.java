// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import io.streamrelay.itests.network.field.WholePair;
import io.streamrelay.itests.network.process.WholeGateway;
import java.io.IOException;
import java.util.List;

/** Two gateways as {@code ./gateway} starts them, each with the broker that it brings in its own process. */
final class LauncherContender implements Contender {

    private static final String HOMES = "measured";
    private static final String TOPIC = "demo/load";
    private static final int QOS = 1;
    private static final int PORT = 19_777;

    private WholeGateway there;
    private WholeGateway here;
    private Ends ends;

    @Override
    public void startThere(Stage stage) throws IOException, InterruptedException {
        there = WholePair.start(HOMES, stage.there(), QOS, "");
        there.awaitReady();
        ends = Ends.mqtt(stage, TOPIC);
    }

    @Override
    public void startHere(Stage stage) throws IOException {
        here = WholePair.start(HOMES, stage.here(), QOS, stage.there().address() + ":" + PORT);
    }

    @Override
    public Ends ends() {
        return ends;
    }

    @Override
    public List<Part> parts() {
        return List.of(
                new Part("gateway with its broker", here.host(), here.pid()),
                new Part("gateway with its broker", there.host(), there.pid()));
    }
}
