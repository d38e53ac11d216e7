// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.equinox;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.osgi.framework.ServiceReference;

/** A gateway with our package that is configured as from Kura's console, and keeps its configuration over starts. */
final class KuraGateway implements AutoCloseable {

    private static final int PORTS_FROM = 20_000;
    private static final int PORTS_TO = 32_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    static final String NODE = "io.streamrelay.node";
    static final String SUBCLUSTER = "io.streamrelay.subcluster";
    static final String BRIDGE = "io.streamrelay.mqtt";
    static final String STATUS_PAGE = "io.streamrelay.kura.StatusPage";

    private static final String RELAY = "io.streamrelay.api.StreamRelay";
    private static final long PATIENCE_SECONDS = 60;

    private final Path home;
    private final int port = freePort();
    private final Map<String, KuraSnapshot.Instance> latest = new LinkedHashMap<>();
    private int webPort;
    private KuraHost host;
    private KuraStandIn kura;

    /** @param peers to begin with, each as host and port */
    KuraGateway(Path home, String... peers) {
        this.home = home;
        latest.put(
                NODE,
                new KuraSnapshot.Instance(
                        null,
                        Map.of(
                                "address",
                                "127.0.0.1",
                                "port",
                                port,
                                "lanDiscovery",
                                false,
                                "keepAliveSeconds",
                                2,
                                "peers",
                                peers)));
    }

    /** From its next start on with Kura's web server at this port, in plain, on the loopback interface. */
    KuraGateway withWebServer(int httpPort) {
        webPort = httpPort;
        return this;
    }

    /**
     * A UDP port for a gateway, and the one behind it for its probes: below those that the system gives to whoever asks for
     * any, one of which might be bound before the gateway is.
     */
    static int freePort() {
        while (true) {
            int port = 2 * ThreadLocalRandom.current().nextInt(PORTS_FROM / 2, PORTS_TO / 2);
            if (GIVEN.add(port) && isFree(port) && isFree(port + 1)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    String endpoint() {
        return "127.0.0.1:" + port;
    }

    /** As Kura does it: a clean framework, then our package, then the latest snapshot. */
    void start() throws Exception {
        host = webPort == 0 ? KuraHost.start(home, KuraHost.BOUNCY_CASTLE) : KuraHost.startWithWebServer(home, webPort);
        kura = new KuraStandIn(host);
        host.install(KuraHost.builtPackage());
        kura.seed(Map.of(NODE, latest.get(NODE).settings()));
        for (Map.Entry<String, KuraSnapshot.Instance> each : latest.entrySet()) {
            KuraSnapshot.Instance instance = each.getValue();
            if (instance.factory() != null) {
                kura.create(instance.factory(), each.getKey(), instance.settings());
            }
        }
        await("a node", () -> relay() != null);
    }

    void create(String factory, String pid, Map<String, Object> settings) throws Exception {
        latest.put(pid, new KuraSnapshot.Instance(factory, settings));
        kura.create(factory, pid, settings);
    }

    /** What a form saves: some values changed; null removes one. */
    void update(String pid, Map<String, Object> settings) throws Exception {
        latest.compute(pid, (same, instance) -> instance.changed(settings));
        kura.update(pid, settings);
    }

    KuraSnapshot snapshot() {
        return new KuraSnapshot(latest);
    }

    void rollback(KuraSnapshot earlier) throws Exception {
        latest.clear();
        latest.putAll(earlier.instances());
        kura.rollback(earlier);
    }

    KuraHost host() {
        return host;
    }

    KuraStandIn kura() {
        return kura;
    }

    /** The node's service, or null. */
    ServiceReference<?> relay() {
        return host.context().getServiceReference(RELAY);
    }

    /** In hexadecimal. */
    String peerId() throws ReflectiveOperationException {
        return (String) call(call(info(), "peerId"), "hex");
    }

    /** Where the node listens. */
    int udpPort() {
        try {
            return (int) call(info(), "port");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object info() throws ReflectiveOperationException {
        return call(host.context().getService(relay()), "info");
    }

    /** Whether one is open, so that what is published is accepted. */
    boolean hasSubcluster() throws ReflectiveOperationException {
        return !((List<?>) call(host.context().getService(relay()), "subclusters")).isEmpty();
    }

    /** Waits until something there takes what comes: it gets what comes from then on, over all later starts. */
    void awaitConsumer() throws InterruptedException {
        await("a consumer", () -> {
            try {
                Map<?, ?> counters = (Map<?, ?>) call(host.context().getService(relay()), "counters");
                return counters.get("store.consumers") instanceof Long count && count > 0;
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Object call(Object of, String method) throws ReflectiveOperationException {
        return of.getClass().getMethod(method).invoke(of);
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < untilNs, () -> "there is not " + what);
            Thread.sleep(20);
        }
    }

    @Override
    public void close() throws Exception {
        if (host != null) {
            host.close();
            host = null;
        }
    }
}
