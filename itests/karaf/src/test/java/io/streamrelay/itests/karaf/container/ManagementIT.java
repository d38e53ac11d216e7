// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import io.streamrelay.api.StreamRelay;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.inject.Inject;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** What operators and machines see of the distribution: commands, MBeans and health checks. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ManagementIT {

    private static final String HEALTH_CHECK = "org.apache.felix.hc.api.HealthCheck";

    /** Not used, but waited for: a test that runs earlier races the start of the features. */
    @Inject
    private BootFinished bootFinished;

    @Inject
    private BundleContext context;

    @Inject
    private StreamRelay node;

    @Inject
    private SessionFactory shells;

    @org.ops4j.pax.exam.Configuration
    public Option[] distribution() {
        return Distribution.options();
    }

    @Before
    public void awaitSubcluster() throws Exception {
        Await.until("subcluster demo is open", () -> node.subcluster("demo").isPresent());
    }

    /** Commands that look, each with something that it tells of a gateway which is alone. */
    private Map<String, String> looks(String message) {
        Map<String, String> looks = new TreeMap<>();
        looks.put("status", "gateway " + node.info().peerId().shortHex());
        looks.put("peers", "no peer is known");
        looks.put("subclusters", "demo");
        looks.put("store", "the store is well");
        looks.put("backlog", "held by this gateway alone");
        looks.put("routes", "demo/# both 1");
        looks.put("nat", "UDP port " + node.info().port());
        looks.put("trace", message.substring(0, 8));
        looks.put("metrics", "store.packets");
        return looks;
    }

    @Test
    public void everyCommandDoesWhatItIsFor() throws Exception {
        Set<String> tested = new TreeSet<>(Set.of("publish"));
        try (Shell shell = new Shell(shells)) {
            Matcher id = find("message ([0-9a-f]{64}) is on disk", shell.run("srp:publish demo demo/t 'a test'"));
            contains(shell.run("srp:trace " + id.group(1).substring(0, 12)), "committed");
            for (Map.Entry<String, String> look : looks(id.group(1)).entrySet()) {
                tested.add(look.getKey());
                contains(shell.run("srp:" + look.getKey()), look.getValue());
                String json = shell.run("srp:" + look.getKey() + " --json").strip();
                assertTrue(look.getKey() + " --json: " + json, json.matches("(?s)\\{.*\\}|\\[.*\\]"));
            }

            tested.addAll(List.of("invite", "join", "rotate"));
            String before =
                    find("srp1:[A-Za-z0-9_-]+", shell.run("srp:invite demo")).group();
            contains(shell.run("srp:rotate --overlap 1h demo"), "subcluster demo has a new key");
            String after = find("srp1:[A-Za-z0-9_-]+", shell.run("srp:invite --no-qr demo"))
                    .group();
            assertNotEquals("the new key is in it", before, after);
            contains(shell.run("srp:join " + after), "subcluster demo: is there already");

            tested.add("listen");
            assertEquals("nothing comes", "", shell.run("srp:listen --seconds 1 demo"));
            assertEquals("no command is left out", List.copyOf(tested), shell.commands());
            for (String command : tested) {
                contains(shell.run("srp:" + command + " --help"), "DESCRIPTION", "srp:" + command);
            }
        }
    }

    @Test
    public void listeningShowsMessagesAsTheyComeUntilItIsInterrupted() throws Exception {
        try (Shell listener = new Shell(shells);
                Shell other = new Shell(shells)) {
            Thread listening = new Thread(() -> {
                try {
                    listener.run("srp:listen demo demo/#");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            listening.start();
            Await.until("it shows a message", () -> {
                other.run("srp:publish demo demo/t 'for who listens'");
                return listener.printed().contains("for who listens");
            });

            // What Karaf does for Ctrl-C.
            listening.interrupt();
            Await.until("it has ended", () -> !listening.isAlive());
        }
    }

    @Test
    public void theTabKeyKnowsSubclusters() {
        try (Shell shell = new Shell(shells)) {
            for (String command : List.of("publish", "listen", "invite", "rotate")) {
                assertEquals(command, List.of("demo"), shell.completions(command, "de"));
            }
        }
    }

    private static Matcher find(String pattern, String text) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertTrue("'" + pattern + "' is not in: " + text, found.find());
        return found;
    }

    private static void contains(String said, String... texts) {
        for (String text : texts) {
            assertTrue("'" + text + "' is not in: " + said, said.contains(text));
        }
    }

    @Test
    public void beansShowNodeSubclusterAndBridge() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        String peer = node.info().peerId().hex();
        ObjectName self = new ObjectName("io.streamrelay:type=Node,peer=" + peer);
        ObjectName subcluster = new ObjectName("io.streamrelay:type=Subcluster,peer=" + peer + ",name=demo");
        ObjectName bridge = new ObjectName("io.streamrelay:type=Bridge,peer=" + peer + ",name=demo");

        Await.until("the node's bean is there", () -> server.isRegistered(self));
        Await.until("the subcluster's bean is there", () -> server.isRegistered(subcluster));
        Await.until(
                "the bridge is connected",
                () -> server.isRegistered(bridge) && Boolean.TRUE.equals(server.getAttribute(bridge, "Connected")));
        assertEquals(node.info().port(), server.getAttribute(self, "UdpPort"));
        assertEquals(node.subcluster("demo").orElseThrow().id().hex(), server.getAttribute(subcluster, "Id"));
    }

    @Test
    public void healthChecksTellOfStoreBrokerPeersAndClock() throws Exception {
        Await.until("the broker is well", () -> "OK".equals(healths().get("srp broker")));
        // Alone, as it is here, it wants somebody to look.
        assertEquals(Map.of("srp store", "OK", "srp broker", "OK", "srp peers", "WARN", "srp clock", "OK"), healths());
    }

    /** By reflection: the test is another bundle, and the health checks' packages are the console's business. */
    private Map<String, String> healths() throws Exception {
        Map<String, String> healths = new TreeMap<>();
        ServiceReference<?>[] checks = context.getAllServiceReferences(HEALTH_CHECK, "(hc.tags=srp)");
        assertTrue("there are health checks", checks != null);
        for (ServiceReference<?> check : checks) {
            Object service = context.getService(check);
            Object result = check.getBundle()
                    .loadClass(HEALTH_CHECK)
                    .getMethod("execute")
                    .invoke(service);
            Object status = result.getClass().getMethod("getStatus").invoke(result);
            healths.put(String.valueOf(check.getProperty("hc.name")), String.valueOf(status));
            context.ungetService(check);
        }
        return healths;
    }
}
