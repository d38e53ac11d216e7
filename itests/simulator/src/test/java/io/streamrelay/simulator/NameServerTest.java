// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.transport.SocketId;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameServerTest {

    private final Topology topology = new Topology(8, new Chance(1));
    private final NameServer names = new NameServer(8, topology);
    private final List<Integer> seventh =
            List.of(topology.endpoint(7, SocketId.MAIN).address());

    @Test
    void namesResolveToTheirNodesAndOthersToNothing() {
        assertEquals(seventh, names.resolve(NameServer.name(7)));
        assertEquals(List.of(), names.resolve(NameServer.name(8)));
        assertEquals(List.of(), names.resolve("elsewhere"));
    }

    @Test
    void answersNothingWhileItIsDown() {
        names.up(false);
        assertEquals(List.of(), names.resolve(NameServer.name(7)));
        names.up(true);
        assertEquals(seventh, names.resolve(NameServer.name(7)));
    }
}
