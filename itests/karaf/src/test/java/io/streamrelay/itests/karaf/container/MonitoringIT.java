// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.streamrelay.api.StreamRelay;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import javax.inject.Inject;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.karaf.features.BootFinished;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** What machines see of the distribution: MBeans and health checks. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class MonitoringIT {

    private static final String HEALTH_CHECK = "org.apache.felix.hc.api.HealthCheck";

    /** Not used, but waited for: a test that runs earlier races the start of the features. */
    @Inject
    private BootFinished bootFinished;

    @Inject
    private BundleContext context;

    @Inject
    private StreamRelay node;

    @org.ops4j.pax.exam.Configuration
    public Option[] distribution() {
        return Distribution.options();
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
