// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.equinox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.karaf.process.GatewayHome;
import io.streamrelay.itests.karaf.process.GatewayProcess;
import io.streamrelay.itests.karaf.process.PortOffset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.factory.CloudConnectionFactory;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.cloudconnection.subscriber.CloudSubscriber;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** What an application on one Kura publishes comes to one on another, and to a gateway that has brokers alone. */
class CloudConnectionIT {

    private static final String CONNECTION = "io.streamrelay.kura.CloudEndpoint";
    private static final String PUBLISHER = "io.streamrelay.kura.CloudPublisher";
    private static final String SUBSCRIBER = "io.streamrelay.kura.CloudSubscriber";
    private static final String ENDPOINT_PID = "cloud.endpoint.service.pid";
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    private KuraPair both;
    private KuraGateway sender;
    private KuraGateway receiver;

    @BeforeEach
    void startBoth() throws Exception {
        both = KuraPair.started(folder);
        sender = both.sender();
        receiver = both.receiver();
    }

    @AfterEach
    void stopBoth() throws Exception {
        both.close();
    }

    /** As the console does it: the factory makes the connection, then its form is saved. */
    private static void connect(KuraGateway gateway, String format) throws Exception {
        CloudConnectionFactory factory = gateway.host().service(CloudConnectionFactory.class);
        factory.createConfiguration(CONNECTION);
        assertEquals(List.of(CONNECTION), factory.getStackComponentsPids(CONNECTION));
        gateway.kura().update(CONNECTION, Map.of("subcluster", "plant", "format", format));
        KuraGateway.await(
                "an endpoint", () -> gateway.host().context().getServiceReference(CloudEndpoint.class) != null);
        assertEquals(Set.of(CONNECTION), factory.getManagedCloudConnectionPids());
    }

    private static CloudPublisher publisher(KuraGateway gateway, String topic) throws Exception {
        gateway.kura().create(PUBLISHER, "publisher", Map.of("topic", topic, ENDPOINT_PID, CONNECTION));
        KuraGateway.await(
                "a publisher", () -> gateway.host().context().getServiceReference(CloudPublisher.class) != null);
        return gateway.host().service(CloudPublisher.class);
    }

    private static BlockingQueue<KuraMessage> heard(KuraGateway gateway, String topic) throws Exception {
        return heard(gateway, "subscriber", topic);
    }

    private static BlockingQueue<KuraMessage> heard(KuraGateway gateway, String pid, String topic) throws Exception {
        gateway.kura().create(SUBSCRIBER, pid, Map.of("topic", topic, ENDPOINT_PID, CONNECTION));
        BlockingQueue<KuraMessage> heard = new LinkedBlockingQueue<>();
        KuraGateway.await("a subscriber", () -> listens(gateway.host().context(), pid, heard));
        gateway.awaitConsumer();
        return heard;
    }

    private static boolean listens(BundleContext context, String pid, BlockingQueue<KuraMessage> heard) {
        try {
            for (ServiceReference<CloudSubscriber> each :
                    context.getServiceReferences(CloudSubscriber.class, "(kura.service.pid=" + pid + ")")) {
                context.getService(each).registerCloudSubscriberListener(heard::add);
                return true;
            }
            return false;
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertNotNull(next, "nothing came");
        return next;
    }

    private static KuraMessage temperature(double degrees) {
        KuraPayload payload = new KuraPayload();
        payload.addMetric("temperature", degrees);
        return new KuraMessage(payload, Map.of("assetName", "boiler"));
    }

    private static String publish(CloudPublisher publisher, KuraMessage message) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                return publisher.publish(message);
            } catch (KuraException e) {
                // The subcluster may take a moment to open.
                assertTrue(e.getCode() == KuraErrorCode.NOT_CONNECTED && attempt < 100, e::getMessage);
                Thread.sleep(100);
            }
        }
    }

    @Test
    void anAssetsMetricsComeToASubscriberAndToABroker() throws Exception {
        connect(sender, "json");
        connect(receiver, "json");
        CloudPublisher publisher = publisher(sender, "plant/$assetName");
        BlockingQueue<String> confirmed = new LinkedBlockingQueue<>();
        publisher.registerCloudDeliveryListener(confirmed::add);
        BlockingQueue<KuraMessage> heard = heard(receiver, "plant/+");
        try (LocalBroker broker = LocalBroker.started(folder.resolve("broker"))) {
            BlockingQueue<String> atBroker = KuraPair.bridged(receiver, broker);

            String id = publish(publisher, temperature(21.5));
            assertEquals(id, next(confirmed));
            KuraMessage message = next(heard);
            assertEquals("plant/boiler", message.getProperties().get("topic"));
            assertEquals(21.5, message.getPayload().getMetric("temperature"));
            assertNotNull(message.getPayload().getTimestamp());
            assertEquals("plant/boiler {\"metrics\":{\"temperature\":21.5}}", next(atBroker));
        }
    }

    /** A gateway of the distribution, as a process, with the broker that it is told of. */
    private GatewayProcess karaf(LocalBroker broker) throws IOException {
        GatewayHome home = GatewayHome.fresh("beside-kura")
                .configure(
                        "io.streamrelay.node",
                        "port = ${env:STREAMRELAY_UDP_PORT:-19777}",
                        "peers = " + sender.endpoint())
                .configure("io.streamrelay.subcluster-plant", "name = plant", "sharedKey = " + KuraPair.KEY)
                .configure(
                        "io.streamrelay.mqtt-plant",
                        "broker = " + broker.url(),
                        "username = " + LocalBroker.USER,
                        "password = " + LocalBroker.PASSWORD,
                        "subcluster = plant",
                        "routes = plant/# both 1");
        return GatewayProcess.start(home, PortOffset.free());
    }

    @Test
    void anAssetsMetricsComeToAKarafAndItsBrokersMessagesBack() throws Exception {
        connect(sender, "json");
        CloudPublisher publisher = publisher(sender, "plant/$assetName");
        BlockingQueue<KuraMessage> heard = heard(sender, "plant/+");
        try (LocalBroker broker = LocalBroker.started(folder.resolve("broker"));
                GatewayProcess karaf = karaf(broker)) {
            BlockingQueue<String> atKaraf = broker.listen("plant/#");
            karaf.awaitReady();
            publish(publisher, temperature(21.5));
            assertEquals("plant/boiler {\"metrics\":{\"temperature\":21.5}}", next(atKaraf));

            broker.publish("plant/valve", "open");
            KuraMessage valve = next(heard);
            assertEquals("plant/valve", valve.getProperties().get("topic"));
            assertEquals("open", text(valve));
        }
    }

    @Test
    void whatComesWhileASubscribersGatewayIsOffComesAfterwards() throws Exception {
        connect(sender, "raw");
        connect(receiver, "raw");
        CloudPublisher publisher = publisher(sender, "plant/alarm");
        BlockingQueue<KuraMessage> heard = heard(receiver, "plant/#");
        KuraPayload payload = new KuraPayload();
        payload.setBody("first".getBytes(StandardCharsets.UTF_8));
        publish(publisher, new KuraMessage(payload, Map.of()));
        assertArrayEquals(
                "first".getBytes(StandardCharsets.UTF_8),
                next(heard).getPayload().getBody());

        receiver.close();
        payload.setBody("second".getBytes(StandardCharsets.UTF_8));
        publish(publisher, new KuraMessage(payload, Map.of()));
        receiver.start();
        connect(receiver, "raw");
        BlockingQueue<KuraMessage> heardLater = heard(receiver, "plant/#");
        assertArrayEquals(
                "second".getBytes(StandardCharsets.UTF_8),
                next(heardLater).getPayload().getBody());
        assertNull(heardLater.poll(500, TimeUnit.MILLISECONDS));
    }

    @Test
    void whatComesWhileKurasJsonIsAwayWaitsForIt() throws Exception {
        connect(sender, "json");
        connect(receiver, "json");
        CloudPublisher publisher = publisher(sender, "plant/$assetName");
        BlockingQueue<KuraMessage> heard = heard(receiver, "plant/+");
        publish(publisher, temperature(1.5));
        assertEquals(1.5, next(heard).getPayload().getMetric("temperature"));
        receiver.kura().json(false);
        publish(publisher, temperature(2.5));
        assertNull(heard.poll(1, TimeUnit.SECONDS));
        receiver.kura().json(true);
        assertEquals(2.5, next(heard).getPayload().getMetric("temperature"));
    }

    @Test
    void aSubscriberThatComesLaterThanAnotherAfterAStartMissesNothing() throws Exception {
        connect(sender, "raw");
        connect(receiver, "raw");
        CloudPublisher publisher = publisher(sender, "plant/$area");
        BlockingQueue<KuraMessage> first = heard(receiver, "first", "plant/a");
        BlockingQueue<KuraMessage> second = heard(receiver, "second", "plant/b");
        publish(publisher, inArea("a", "1"));
        publish(publisher, inArea("b", "1"));
        assertEquals("1", text(next(first)));
        assertEquals("1", text(next(second)));
        receiver.close();
        publish(publisher, inArea("b", "2"));
        publish(publisher, inArea("a", "2"));
        receiver.start();
        connect(receiver, "raw");
        assertEquals("2", text(next(heard(receiver, "first", "plant/a"))));
        BlockingQueue<KuraMessage> later = heard(receiver, "second", "plant/b");
        assertEquals("2", text(next(later)));
        publish(publisher, inArea("b", "3"));
        assertEquals("3", text(next(later)));
    }

    private static KuraMessage inArea(String area, String text) {
        KuraPayload payload = new KuraPayload();
        payload.setBody(text.getBytes(StandardCharsets.UTF_8));
        return new KuraMessage(payload, Map.of("area", area));
    }

    private static String text(KuraMessage message) {
        return new String(message.getPayload().getBody(), StandardCharsets.UTF_8);
    }

    @Test
    void saysWhetherItIsConnectedAndWhatItKnows() throws Exception {
        connect(sender, "json");
        CloudConnectionManager manager = sender.host().service(CloudConnectionManager.class);
        KuraGateway.await("a connection", manager::isConnected);
        BlockingQueue<String> states = new LinkedBlockingQueue<>();
        manager.registerCloudConnectionListener(new CloudConnectionListener() {
            @Override
            public void onDisconnected() {
                states.add("disconnected");
            }

            @Override
            public void onConnectionLost() {
                states.add("lost");
            }

            @Override
            public void onConnectionEstablished() {
                states.add("established");
            }
        });
        Map<String, String> info = sender.host().service(CloudEndpoint.class).getInfo();
        assertEquals(sender.peerId(), info.get("Peer id"));
        assertEquals("1", info.get("Peers"));
        assertTrue(info.get("Subcluster").startsWith("plant "), info::toString);

        manager.disconnect();
        String state = next(states);
        // That it was connected it may have heard a moment after it was so.
        assertEquals("disconnected", state.equals("established") ? next(states) : state);
        assertFalse(manager.isConnected());
        manager.connect();
        assertEquals("established", next(states));
        receiver.close();
        assertEquals("lost", next(states));
    }

    @Test
    void saysWhyItDoesNotPublish() throws Exception {
        connect(sender, "raw");
        CloudPublisher publisher = publisher(sender, "plant/$assetName");
        KuraException noBody = assertThrows(KuraException.class, () -> publisher.publish(temperature(1)));
        assertTrue(noBody.getMessage().contains("no body"), noBody.getMessage());
        KuraMessage nameless = new KuraMessage(new KuraPayload(), Map.of());
        KuraException noName = assertThrows(KuraException.class, () -> publisher.publish(nameless));
        assertTrue(noName.getMessage().contains("assetName"), noName.getMessage());
    }

    @Test
    void isMadeAndRemovedAsTheConsoleDoesIt() throws Exception {
        connect(sender, "json");
        CloudConnectionFactory factory = sender.host().service(CloudConnectionFactory.class);
        ServiceReference<CloudConnectionFactory> reference =
                sender.host().context().getServiceReference(CloudConnectionFactory.class);
        assertEquals(CONNECTION, reference.getProperty("kura.ui.csf.pid.default"));
        assertTrue((CONNECTION + "-2").matches((String) reference.getProperty("kura.ui.csf.pid.regex")));
        assertEquals(CONNECTION, factory.getFactoryPid());
        publisher(sender, "plant/x");
        ServiceReference<CloudPublisher> publisher = sender.host().context().getServiceReference(CloudPublisher.class);
        assertEquals(CONNECTION, publisher.getProperty(ENDPOINT_PID));
        assertEquals("publisher", publisher.getProperty("kura.service.pid"));
        assertEquals(PUBLISHER, publisher.getProperty("service.factoryPid"));
        factory.deleteConfiguration(CONNECTION);
        KuraGateway.await(
                "no endpoint", () -> sender.host().context().getServiceReference(CloudEndpoint.class) == null);
        assertEquals(Set.of(), factory.getManagedCloudConnectionPids());
    }
}
