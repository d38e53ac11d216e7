// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.jmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.console.FakeRelay;
import io.streamrelay.console.view.GatewayView;
import io.streamrelay.console.view.Views;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class BeansTest {

    private static final String PEER = FakeRelay.id("peer").hex();

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final FakeRelay relay = new FakeRelay();
    private final GatewayView view = Views.of(relay, Views.bridge("demo", true));
    private final Beans beans = new Beans(view, server);

    private Set<String> names() throws Exception {
        return server.queryNames(new ObjectName("io.streamrelay:*"), null).stream()
                .map(ObjectName::toString)
                .collect(Collectors.toSet());
    }

    @Test
    void followsWhatComesAndGoes() throws Exception {
        relay.open("demo");
        Views.look(view);
        assertEquals(
                Set.of(
                        "io.streamrelay:type=Node,peer=" + PEER,
                        "io.streamrelay:type=Subcluster,peer=" + PEER + ",name=demo",
                        "io.streamrelay:type=Bridge,peer=" + PEER + ",name=demo"),
                names());
        relay.subclusters.clear();
        Views.look(view);
        assertEquals(2, names().size());
        Views.stop(view, relay);
        Views.look(view);
        assertEquals(Set.of(), names());
    }

    @Test
    void showsTheLatestPicture() throws Exception {
        relay.open("demo");
        Views.look(view);
        relay.uptimeMs = 99_000;
        relay.counters.put("repaired", 5L);
        Views.look(view);
        ObjectName node = new ObjectName("io.streamrelay:type=Node,peer=" + PEER);
        assertEquals(99L, server.getAttribute(node, "UptimeSeconds"));
        assertEquals("WATCH", server.getAttribute(node, "Level"));
        assertEquals(19777, server.getAttribute(node, "UdpPort"));
        assertTrue(server.getAttribute(node, "Counters").toString().contains("repaired"));
        ObjectName bridge = new ObjectName("io.streamrelay:type=Bridge,peer=" + PEER + ",name=demo");
        assertEquals(true, server.getAttribute(bridge, "Connected"));
    }

    @Test
    void quotesNamesThatNeedIt() throws Exception {
        relay.open("a,b=c");
        Views.look(view);
        assertTrue(names().contains("io.streamrelay:type=Subcluster,peer=" + PEER + ",name=\"a,b=c\""));
    }

    @Test
    void leavesNothingBehind() throws Exception {
        relay.open("demo");
        Views.look(view);
        beans.close();
        Views.look(view);
        assertEquals(Set.of(), names());
    }
}
