// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.transport.DatagramSockets;
import io.streamrelay.api.transport.LanListener;
import io.streamrelay.api.transport.Subnet;
import io.streamrelay.api.transport.TransportOptions;
import io.streamrelay.gossip.engine.Event;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LanWatchTest {

    private static final Id SELF = Id.of(new byte[Id.BYTES]);
    private static final Subnet HOME = new Subnet(Endpoint.parseAddress("192.168.1.7"), 24);
    private static final Endpoint NEIGHBOUR = Endpoint.of("192.168.1.8", 19_777);

    private final EventQueue queue = new EventQueue();
    private final List<LanListener> listening = new ArrayList<>();
    private List<Subnet> subnets = List.of(HOME);
    private LanWatch watch;

    @BeforeEach
    void open() throws Exception {
        LiveSockets sockets = new LiveSockets(
                (options, receiver) -> host(),
                new TransportOptions("0.0.0.0", 19_777, 0, 1 << 16, 1_000, 16),
                (socket, from, datagram) -> {});
        watch = new LanWatch(
                (self, listener) -> {
                    listening.add(listener);
                    return () -> listening.remove(listener);
                },
                sockets,
                SELF,
                queue);
    }

    /** A host that is in some networks. */
    private DatagramSockets host() {
        return (DatagramSockets) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DatagramSockets.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "subnets" -> subnets;
                    case "port" -> 19_777;
                    default -> throw new AssertionError(method);
                });
    }

    private void configure(boolean looking) {
        watch.configure(
                NodeConfig.builder(Path.of("data")).lanDiscovery(looking).build());
    }

    private List<Event> events() throws InterruptedException {
        List<Event> events = new ArrayList<>();
        queue.take(events, 10, 0);
        return events;
    }

    @Test
    void looksNowhereAndSaysNothingUnlessItIsWanted() throws Exception {
        configure(false);
        watch.look();
        assertEquals(List.of(), events());
        assertEquals(0, listening.size());
    }

    @Test
    void tellsOfTheNetworksAndOfWhoIsThere() throws Exception {
        configure(true);
        listening.get(0).found(NEIGHBOUR);
        assertEquals(List.of(new Event.Networks(List.of(HOME)), new Event.Nearby(NEIGHBOUR)), events());
        watch.look();
        assertEquals(List.of(), events());
    }

    @Test
    void fallsSilentAsSoonAsItIsSwitchedOff() throws Exception {
        configure(true);
        events();
        configure(false);
        assertEquals(List.of(new Event.Networks(List.of())), events());
        assertEquals(0, listening.size());
    }

    @Test
    void noticesThatTheHostIsElsewhere() throws Exception {
        configure(true);
        events();
        subnets = List.of();
        watch.look();
        assertEquals(List.of(new Event.Networks(List.of())), events());
    }
}
