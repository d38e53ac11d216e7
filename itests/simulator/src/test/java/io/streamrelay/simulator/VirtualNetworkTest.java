// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.SocketId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VirtualNetworkTest {

    private static final int SENT = 200;

    private final VirtualTime time = new VirtualTime();
    private final Topology topology = new Topology(2, new Chance(1));
    private final Endpoint from = topology.endpoint(0, SocketId.MAIN);
    private final Endpoint to = topology.endpoint(1, SocketId.MAIN);
    private final List<Integer> arrived = new ArrayList<>();
    private final List<Long> arrivedAtMs = new ArrayList<>();

    private VirtualNetwork network(LinkOptions link) {
        VirtualNetwork network = new VirtualNetwork(time, new Chance(1), link, topology, new WatcherGroup(List.of()));
        network.open(to, 1, (seenFrom, bytes) -> {
            assertEquals(from, seenFrom);
            arrived.add(bytes[0] & 0xff);
            arrivedAtMs.add(time.nowMs());
        });
        return network;
    }

    private void sendAll(VirtualNetwork network) {
        for (int i = 0; i < SENT; i++) {
            network.send(0, from, to, new byte[] {(byte) i});
        }
    }

    @Test
    void deliversInOrderWithinTheLatencyWhenThereAreNoFaults() {
        sendAll(network(LinkOptions.CLEAN));
        time.runUntil(1_000);
        assertEquals(IntStream.range(0, SENT).boxed().toList(), arrived);
        assertTrue(arrivedAtMs.stream().allMatch(atMs -> atMs >= 10 && atMs <= 100));
    }

    @Test
    void losesAboutTheShareThatIsAskedFor() {
        sendAll(network(LinkOptions.CLEAN.withLoss(0.5)));
        time.runUntil(1_000);
        assertEquals(SENT / 2.0, arrived.size(), SENT / 6.0);
    }

    @Test
    void doublesEverythingWhenAskedTo() {
        sendAll(network(new LinkOptions(10, 10, 0, 0, 1)));
        time.runUntil(1_000);
        assertEquals(2 * SENT, arrived.size());
    }

    @Test
    void jitterReordersAndLosesNothing() {
        sendAll(network(new LinkOptions(10, 10, 30, 0, 0)));
        time.runUntil(1_000);
        assertNotEquals(IntStream.range(0, SENT).boxed().toList(), arrived);
        assertEquals(
                IntStream.range(0, SENT).boxed().toList(),
                arrived.stream().sorted().toList());
        assertTrue(arrivedAtMs.stream().allMatch(atMs -> atMs >= 10 && atMs <= 40));
    }

    @Test
    void losesTheNextAndNoMore() {
        VirtualNetwork network = network(LinkOptions.CLEAN);
        network.dropNext(SENT - 1);
        sendAll(network);
        time.runUntil(1_000);
        assertEquals(List.of((SENT - 1) & 0xff), arrived);
    }

    @Test
    void whatIsUnderWayToAClosedSocketIsLost() {
        VirtualNetwork network = network(LinkOptions.CLEAN);
        sendAll(network);
        network.close(to);
        time.runUntil(1_000);
        assertEquals(List.of(), arrived);
    }

    @Test
    void noticesASenderThatChangesADatagramUnderWay() {
        VirtualNetwork network = network(LinkOptions.CLEAN);
        byte[] bytes = {1};
        network.send(0, from, to, bytes);
        bytes[0] = 2;
        assertThrows(Violation.class, () -> time.runUntil(1_000));
    }
}
