// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.BridgeStatus;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.api.config.PortOffset;
import io.streamrelay.api.config.SecretKeeper;
import io.streamrelay.api.config.Settings;
import io.streamrelay.mqtt.broker.PahoLinks;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bridge for each configuration of the factory PID {@value BridgeName#PID}. */
@Component(
        name = BridgeName.PID,
        configurationPid = BridgeName.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {})
@Designate(ocd = MqttBridgeOptions.class, factory = true)
public final class MqttBridgeComponent {

    private static final Logger LOG = LoggerFactory.getLogger(MqttBridgeComponent.class);

    /** Declarative Services 1.4, 112.5.18: the configuration of the component has been deleted. */
    private static final int CONFIGURATION_DELETED = 4;

    /** How long a bundle that stops may wait for the broker to be told. Our own choice. */
    private static final long CLOSE_SECONDS = 5;

    /** The property of the node's service that names the folder of its state. */
    private static final String DATA_DIRECTORY = "dataDirectory";

    private static final String[] SECRETS = {"password", "tlsTrustStorePassword"};

    private final PortOffset offset;
    private final SecretKeeper keeper;
    private final boolean waitsForKeeper;
    private final String name;
    private final ExecutorBridgeThread thread;
    private final BridgeSetup setup;
    private final Bridge bridge;
    private final ServiceRegistration<BridgeStatus> status;
    private Settings current;

    /** @param keeper null where secrets are not enciphered, or not yet revealed */
    @Activate
    public MqttBridgeComponent(
            @Reference(target = "(" + DATA_DIRECTORY + "=*)") Map.Entry<Map<String, Object>, StreamRelay> node,
            BundleContext context,
            Map<String, Object> properties,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    SecretKeeper keeper) {
        this.keeper = keeper;
        waitsForKeeper = keeper == null && context.getProperty(SecretKeeper.CONTAINER_PROPERTY) != null;
        offset = PortOffset.of(context.getProperty(PortOffset.PROPERTY));
        name = BridgeName.of(properties);
        thread = new ExecutorBridgeThread(name);
        Path folder = folder(node.getKey());
        setup = new BridgeSetup(
                name,
                new PahoLinks(folder),
                new PahoLinks(folder.resolve("status")),
                thread,
                () -> ThreadLocalRandom.current().nextDouble());
        bridge = new Bridge(node.getValue(), setup);
        status = context.registerService(BridgeStatus.class, setup.report(), null);
        modified(properties);
    }

    private Path folder(Map<String, Object> node) {
        return Path.of((String) node.get(DATA_DIRECTORY), "mqtt", "bridge-" + name);
    }

    /** Takes other settings over, or refuses them and goes on as before. Returns at once. */
    @Modified
    void modified(Map<String, Object> properties) {
        if (waitsForKeeper) {
            // Brokers may lock out who comes with wrong passwords. It begins again when a keeper comes.
            LOG.info("MQTT bridge '{}' waits for the service that reveals secrets", name);
            return;
        }
        String broker = BridgeSettings.broker(offset.from(BridgeSettings.DEFAULT_BROKER_PORT));
        Settings settings = new Settings(properties).reveal(keeper, SECRETS).orElse("broker", broker);
        if (settings.equals(current)) {
            return;
        }
        current = settings;
        try {
            bridge.configure(BridgeSettings.of(settings));
        } catch (ConfigurationException e) {
            LOG.error("MQTT bridge '{}' keeps its configuration, for the new one is refused: {}", name, e.getMessage());
        }
    }

    @Deactivate
    void deactivate(int reason) {
        status.unregister();
        try {
            bridge.close(reason == CONFIGURATION_DELETED).toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("MQTT bridge '{}' ends without telling its broker", name);
        } finally {
            thread.close();
            setup.links().close();
            setup.willLinks().close();
        }
    }
}
