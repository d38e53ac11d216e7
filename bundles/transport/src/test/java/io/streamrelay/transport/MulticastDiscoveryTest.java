// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.Registration;
import io.streamrelay.api.transport.LanNode;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** On the loopback interface, which is a network of 127.0.0.1/8. */
class MulticastDiscoveryTest {

    private static final int LOOPBACK = Endpoint.parseAddress("127.0.0.1");
    private static final Id CLUSTER = Id.ofHex("c".repeat(64));

    private final MulticastDiscovery discovery = new MulticastDiscovery(MulticastDiscoveryTest::isLoopback);
    private final BlockingQueue<Endpoint> first = new LinkedBlockingQueue<>();
    private final BlockingQueue<Endpoint> second = new LinkedBlockingQueue<>();

    private static boolean isLoopback(NetworkInterface each) {
        try {
            return each.isLoopback();
        } catch (SocketException e) {
            return false;
        }
    }

    private static LanNode node(String digit, int port) {
        return new LanNode(Id.ofHex(digit.repeat(64)), CLUSTER, LOOPBACK, port);
    }

    @Test
    void twoNodesFindEachOther() throws Exception {
        try (Registration one = discovery.start(node("1", 20_001), first::add);
                Registration two = discovery.start(node("2", 20_002), second::add)) {
            assertNotNull(one);
            assertNotNull(two);
            assertEquals(new Endpoint(LOOPBACK, 20_002), first.poll(30, TimeUnit.SECONDS));
            assertEquals(new Endpoint(LOOPBACK, 20_001), second.poll(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void endsSoon() {
        // The best of some, for the machine may be busy.
        Duration best = Duration.ofDays(1);
        for (int round = 0; round < 4 && best.toSeconds() >= 4; round++) {
            Registration one = discovery.start(node("3", 20_003), first::add);
            long startNs = System.nanoTime();
            one.close();
            Duration took = Duration.ofNanos(System.nanoTime() - startNs);
            best = took.compareTo(best) < 0 ? took : best;
        }
        assertTrue(best.toSeconds() < 4, "took " + best);
    }
}
