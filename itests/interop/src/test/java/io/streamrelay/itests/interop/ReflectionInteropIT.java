// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.NatType;
import io.streamrelay.gossip.node.StreamRelayNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our node behind each kind of NAT, with two reference peers of different hosts to ask. */
class ReflectionInteropIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String CLUSTER = "interop";
    private static final String OUTSIDE = "127.0.0.77";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"UNRESTRICTED", "ADDRESS_RESTRICTED", "PORT_RESTRICTED", "ENDPOINT_RESTRICTED"})
    @Tag("case-11")
    void findsOutWhatStandsBeforeItWithTwoReferencePeers(NatType type) throws IOException {
        try (ReferencePeer ann = ReferencePeer.inCluster(CLUSTER, "127.0.0.2");
                ReferencePeer bob = ReferencePeer.inCluster(CLUSTER, "127.0.0.3");
                StreamRelayNode node = LoopbackNode.open(
                        folder,
                        CLUSTER,
                        new NatTransport(type, OUTSIDE),
                        ann.endpoint().toString(),
                        bob.endpoint().toString())) {
            ann.awaitConnection(node.info().peerId(), SOON);
            bob.awaitConnection(node.info().peerId(), SOON);
            // Port-restricted is what a node guesses, too: it has to have asked.
            boolean guess = type == NatType.PORT_RESTRICTED;
            Eventually.holds("probes are turned away", SOON, () -> !guess || probesTurnedAway(node) >= 2);
            Eventually.holds("it is " + type, SOON, () -> node.info().natType() == type);
            assertEquals(
                    Endpoint.parseAddress(OUTSIDE),
                    node.info().reflexive().orElseThrow().address());
            assertEquals(List.of(), ann.crashes());
            assertEquals(List.of(), bob.crashes());
        }
    }

    private static long probesTurnedAway(StreamRelayNode node) {
        return node.counters().get("udp." + NatSockets.TURNED_AWAY);
    }
}
