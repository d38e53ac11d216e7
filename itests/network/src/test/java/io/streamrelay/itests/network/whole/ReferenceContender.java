// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamrelay.api.NatType;
import io.streamrelay.itests.interop.PeerProcess;
import io.streamrelay.itests.network.lab.Host;
import io.streamrelay.itests.network.process.ReferenceProcess;
import java.util.List;

/** Two reference peers on Node. They publish and listen themselves, for a broker is nothing that they have. */
final class ReferenceContender implements Contender {

    private static final String SUBCLUSTER = "load";
    private static final String EVENT = "load/reading";
    private static final String KEY = "1a".repeat(32);
    private static final int PORT = 19_777;

    private PeerProcess there;
    private PeerProcess here;
    private List<Part> parts = List.of();

    @Override
    public void startThere(Stage stage) {
        there = start(stage.there());
    }

    @Override
    public void startHere(Stage stage) {
        here = start(stage.here());
        here.ask("ping", peer(stage.there()));
        parts = List.of(new Part("peer", stage.here(), here.pid()), new Part("peer", stage.there(), there.pid()));
    }

    private static PeerProcess start(Host host) {
        PeerProcess process = ReferenceProcess.start(host);
        process.ask(
                "start",
                PeerProcess.options()
                        .put("cluster", "whole")
                        .put("natType", NatType.UNRESTRICTED.wire())
                        .put("address", host.address())
                        .put("port", PORT));
        process.ask("subcluster", PeerProcess.options().put("name", SUBCLUSTER).put("sharedKey", KEY));
        return process;
    }

    private static ObjectNode peer(Host host) {
        return PeerProcess.options()
                .put("address", host.address())
                .put("port", PORT)
                .put("subcluster", SUBCLUSTER);
    }

    @Override
    public Ends ends() {
        return Ends.reference(here, there, SUBCLUSTER, EVENT);
    }

    @Override
    public List<Part> parts() {
        return parts;
    }
}
