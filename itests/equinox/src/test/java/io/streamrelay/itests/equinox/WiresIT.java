// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.equinox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEmitter;
import org.eclipse.kura.wire.WireReceiver;
import org.eclipse.kura.wire.WireRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** A wire graph on one Kura goes on in one on another, over a subcluster. */
class WiresIT {

    private static final String PUBLISHER = "io.streamrelay.kura.WirePublisher";
    private static final String SUBSCRIBER = "io.streamrelay.kura.WireSubscriber";
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
        KuraGateway.await("a subcluster", () -> isOpen(sender) && isOpen(receiver));
    }

    @AfterEach
    void stopBoth() throws Exception {
        both.close();
    }

    private static boolean isOpen(KuraGateway gateway) {
        try {
            return gateway.hasSubcluster();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A component as Kura's wire graph finds it. */
    private static <T> T component(KuraGateway gateway, Class<T> type, String pid) throws Exception {
        BundleContext context = gateway.host().context();
        KuraGateway.await("component " + pid, () -> reference(context, pid) != null);
        return type.cast(context.getService(reference(context, pid)));
    }

    /** Hears what goes on over a wire from here; returns when what comes is received for it. */
    private BlockingQueue<WireRecord> wired(WireEmitter in) throws Exception {
        BlockingQueue<WireRecord> emitted = receiver.kura().wires().connect("in", in);
        receiver.awaitConsumer();
        return emitted;
    }

    private static ServiceReference<WireComponent> reference(BundleContext context, String pid) {
        try {
            return context.getServiceReferences(WireComponent.class, "(kura.service.pid=" + pid + ")").stream()
                    .findFirst()
                    .orElse(null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static WireRecord reading(Object temperature) {
        Map<String, TypedValue<?>> values = new HashMap<>();
        values.put("assetName", TypedValues.newTypedValue("boiler"));
        values.put("temperature", TypedValues.newTypedValue(temperature));
        return new WireRecord(values);
    }

    private static Map<String, Object> next(BlockingQueue<WireRecord> emitted) throws InterruptedException {
        WireRecord next = emitted.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertNotNull(next, "nothing came");
        Map<String, Object> values = new HashMap<>();
        next.getProperties().forEach((name, value) -> values.put(name, value.getValue()));
        assertTrue(values.remove("timestamp") instanceof Long, values::toString);
        return values;
    }

    private static Map<String, Object> heard(Object temperature) {
        return Map.of("topic", "plant/boiler", "assetName", "boiler", "temperature", temperature);
    }

    @Test
    void recordsComeAsRecordsAndToABroker() throws Exception {
        sender.create(PUBLISHER, "out", Map.of("subcluster", "plant", "topic", "plant/$assetName"));
        receiver.create(SUBSCRIBER, "in", Map.of("subcluster", "plant", "topic", "plant/+"));
        WireReceiver out = component(sender, WireReceiver.class, "out");
        BlockingQueue<WireRecord> emitted = wired(component(receiver, WireEmitter.class, "in"));
        try (LocalBroker broker = LocalBroker.started(folder.resolve("broker"))) {
            BlockingQueue<String> atBroker = KuraPair.bridged(receiver, broker);
            StandInWires.bring(out, reading(21.5), reading(22.5));
            assertEquals(heard(21.5), next(emitted));
            assertEquals(heard(22.5), next(emitted));
            String first = atBroker.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertTrue(first.startsWith("plant/boiler {") && first.contains("\"temperature\":21.5"), first);

            broker.publish("plant/device", "plain text");
            assertEquals(Map.of("topic", "plant/device", "body", "plain text"), next(emitted));
        }
    }

    @Test
    void whatComesWithoutAWireWaitsAlsoOverAStart() throws Exception {
        sender.create(
                PUBLISHER,
                "out",
                Map.of("subcluster", "plant", "topic", "plant/$assetName", "format", "raw", "body", "temperature"));
        receiver.create(SUBSCRIBER, "in", Map.of("subcluster", "plant", "topic", "#", "format", "raw"));
        WireReceiver out = component(sender, WireReceiver.class, "out");
        WireEmitter in = component(receiver, WireEmitter.class, "in");
        BlockingQueue<WireRecord> emitted = wired(in);
        StandInWires.bring(out, reading("first"));
        assertEquals(Map.of("topic", "plant/boiler", "body", "first"), next(emitted));

        StandInWires.disconnect(in);
        StandInWires.bring(out, reading("second"));
        assertNull(emitted.poll(1, TimeUnit.SECONDS));
        wired(in);
        assertEquals(Map.of("topic", "plant/boiler", "body", "second"), next(emitted));

        receiver.close();
        StandInWires.bring(out, reading("third"));
        receiver.start();
        BlockingQueue<WireRecord> later = wired(component(receiver, WireEmitter.class, "in"));
        assertEquals(Map.of("topic", "plant/boiler", "body", "third"), next(later));
        assertNull(later.poll(500, TimeUnit.MILLISECONDS));
    }

    @Test
    void areComponentsAsKurasComposerWantsThem() throws Exception {
        sender.create(PUBLISHER, "out", Map.of("subcluster", "plant", "topic", "plant/x"));
        sender.create(SUBSCRIBER, "in", Map.of("subcluster", "plant", "topic", "plant/x"));
        component(sender, WireReceiver.class, "out");
        component(sender, WireEmitter.class, "in");
        assertPorts("out", PUBLISHER, 1, 0);
        assertPorts("in", SUBSCRIBER, 0, 1);
    }

    private void assertPorts(String pid, String factory, int inputs, int outputs) {
        ServiceReference<WireComponent> reference = reference(sender.host().context(), pid);
        assertEquals(factory, reference.getProperty("service.factoryPid"));
        assertTrue(reference.getProperty("service.pid") instanceof String, "service.pid is no text");
        for (String bound : List.of("minimum", "maximum", "default")) {
            assertEquals(inputs, reference.getProperty("input.cardinality." + bound));
            assertEquals(outputs, reference.getProperty("output.cardinality." + bound));
        }
    }

    /** A form that is saved half-filled or wrongly leaves what runs as it is. */
    @Test
    void aRefusedFormChangesNothing() throws Exception {
        sender.create(PUBLISHER, "out", Map.of("subcluster", "plant", "topic", "plant/$assetName"));
        receiver.create(SUBSCRIBER, "in", Map.of("subcluster", "plant", "topic", "plant/+"));
        WireReceiver out = component(sender, WireReceiver.class, "out");
        BlockingQueue<WireRecord> emitted = wired(component(receiver, WireEmitter.class, "in"));
        sender.kura().update("out", Map.of("format", "raw"));
        receiver.kura().update("in", Map.of("topic", "plant/#/x"));
        StandInWires.bring(out, reading(1.5));
        assertEquals(heard(1.5), next(emitted));
        receiver.kura().update("in", Map.of("topic", "elsewhere"));
        StandInWires.bring(out, reading(2.5));
        assertNull(emitted.poll(1, TimeUnit.SECONDS));
    }
}
