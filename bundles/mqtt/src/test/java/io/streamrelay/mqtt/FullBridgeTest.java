// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.api.Interest;
import io.streamrelay.api.Message;
import io.streamrelay.mqtt.broker.Arrival;
import io.streamrelay.mqtt.broker.BrokerEvents;
import io.streamrelay.mqtt.broker.BrokerLink;
import io.streamrelay.mqtt.broker.BrokerOptions;
import io.streamrelay.mqtt.broker.Mosquitto;
import io.streamrelay.mqtt.broker.MqttVersion;
import io.streamrelay.mqtt.broker.PahoLinks;
import io.streamrelay.mqtt.broker.TlsOptions;
import io.streamrelay.mqtt.broker.Will;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A bridge whose mesh commits nothing for a while, at a Mosquitto that sends all that it has. */
class FullBridgeTest {

    private static final long SECONDS = 30;
    private static final String TOPIC = "t/x";

    @TempDir
    Path folder;

    private final LiveMesh mesh = new LiveMesh();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final ExecutorBridgeThread thread = new ExecutorBridgeThread("full");
    private final CountDownLatch commits = new CountDownLatch(1);
    private Mosquitto broker;
    private BrokerLink sensor;
    private Bridge bridge;

    @BeforeEach
    void startBroker() throws Exception {
        broker = new Mosquitto(folder, "max_queued_messages 0", "max_inflight_messages 0");
        BrokerOptions options =
                new BrokerOptions(broker.url(), "", "", "sensor", TlsOptions.standard(), Will.clearing("will"));
        sensor = new PahoLinks(folder.resolve("sensor")).open(options, MqttVersion.FIVE, new BrokerEvents() {
            @Override
            public void arrived(Arrival arrival) {
                // It subscribes nothing.
            }

            @Override
            public void lost(String reason) {
                heard.add("the sensor lost its connection: " + reason);
            }
        });
        sensor.connect().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        mesh.join("s", "witness").consume("witness", Interest.inTopics(TOPIC::equals), delivery -> {
            heard.add(new String(delivery.message().payload(), UTF_8));
            delivery.acknowledge();
        });
    }

    @AfterEach
    void stopAll() throws Exception {
        commits.countDown();
        bridge.close(false).toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        thread.close();
        sensor.close();
        mesh.close();
        broker.close();
    }

    private void startBridge(MqttVersion version) throws Exception {
        SimRelay relay = new SimRelay(Id.ofHex("1".repeat(64)));
        relay.open("s", mesh.join("s", "gateway"));
        bridge = new Bridge(
                relay,
                new BridgeSetup(
                        "full",
                        new PahoLinks(folder.resolve("bridge")),
                        new PahoLinks(folder.resolve("status")),
                        thread,
                        () -> 0.5));
        bridge.configure(World.settings(broker.url(), "s", version, Format.ENVELOPE, TOPIC + " out 1"));
        String first = null;
        for (int attempt = 0; attempt < SECONDS && first == null; attempt++) {
            publish("ready?", 1);
            first = heard.poll(500, TimeUnit.MILLISECONDS);
        }
    }

    private void publish(String text, int qos) throws Exception {
        sensor.publish(new Message(TOPIC, text.getBytes(UTF_8), qos, false, null, List.of()))
                .toCompletableFuture()
                .get(SECONDS, TimeUnit.SECONDS);
    }

    /** Those of QoS 0 take half of the room: with MQTT 5 a bridge is never sent more of QoS 1 than there is room for. */
    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void isSentAgainAtOnceWhatItTurnedAway(MqttVersion version) throws Exception {
        startBridge(version);
        mesh.hold(commits);
        heard.clear();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 3 * Intake.MAX; i++) {
            publish("of QoS 0", 0);
            publish(Integer.toString(i), 1);
            sent.add(Integer.toString(i));
        }
        assertNull(
                heard.poll(2 * BridgeSession.INTAKE_PATIENCE_MS, TimeUnit.MILLISECONDS),
                "it was taken though nothing is committed");
        commits.countDown();

        List<String> inOrder = new ArrayList<>();
        int unasked = 0;
        Set<String> missing = new HashSet<>(sent);
        while (!missing.isEmpty()) {
            String next = heard.poll(SECONDS, TimeUnit.SECONDS);
            assertTrue(next != null, () -> missing.size() + " of " + sent.size() + " do not come any more");
            if (next.equals("of QoS 0")) {
                unasked++;
            } else if (missing.remove(next)) {
                inOrder.add(next);
            }
        }
        assertEquals(sent, inOrder);
        assertTrue(unasked < sent.size(), "it turned nothing away, so this shows nothing");
    }
}
