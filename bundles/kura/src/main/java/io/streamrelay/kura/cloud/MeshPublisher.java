// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.cloud;

import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.api.config.Settings;
import io.streamrelay.kura.link.TopicTemplate;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes what applications on Kura hand it through its endpoint. */
@Component(
        name = MeshPublisher.PID,
        configurationPid = MeshPublisher.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {CloudPublisher.class, ConfigurableComponent.class},
        property = {
            "service.pid=" + MeshPublisher.PID,
            "cloud.connection.factory.pid=" + MeshEndpoint.PID,
            "kura.ui.service.hide:Boolean=true",
            "kura.ui.factory.hide=true"
        })
@Designate(ocd = PublisherConfiguration.class, factory = true)
public final class MeshPublisher implements CloudPublisher, ConfigurableComponent {

    static final String PID = "io.streamrelay.kura.CloudPublisher";

    private static final Logger LOG = LoggerFactory.getLogger(MeshPublisher.class);
    private static final int QOS_MAX = 2;

    private record Target(TopicTemplate topic, int qos, boolean retain) {}

    private final Listeners<CloudConnectionListener> connectionListeners = new Listeners<>();
    private final Listeners<CloudDeliveryListener> deliveryListeners = new Listeners<>();
    private final CloudConnectionListener connection = Listeners.passingOn(connectionListeners);
    private final CloudDeliveryListener deliveries = Listeners.confirming(deliveryListeners);
    private EndpointTracker tracker;
    private volatile Target target;
    private volatile MeshEndpoint endpoint;

    @Activate
    void activate(BundleContext context, Map<String, Object> properties) {
        tracker = new EndpointTracker(context, this::found, this::lost);
        modified(properties);
    }

    @Modified
    void modified(Map<String, Object> properties) {
        Settings settings = new Settings(properties);
        try {
            target = new Target(
                    new TopicTemplate(settings.requiredText("topic")),
                    settings.integer("qos", 1, 0, QOS_MAX),
                    settings.flag("retain", false));
        } catch (ConfigurationException e) {
            LOG.error(
                    "publisher {} keeps its configuration, for the new one is refused: {}",
                    properties.get(MeshEndpoint.KURA_PID),
                    e.getMessage());
        }
        tracker.follow(properties);
    }

    @Deactivate
    void deactivate() {
        tracker.close();
    }

    private void found(MeshEndpoint one) {
        endpoint = one;
        one.registerCloudConnectionListener(connection);
        one.registerCloudDeliveryListener(deliveries);
        if (one.isConnected()) {
            connection.onConnectionEstablished();
        }
    }

    private void lost(MeshEndpoint one) {
        endpoint = endpoint == one ? null : endpoint;
        one.unregisterCloudConnectionListener(connection);
        one.unregisterCloudDeliveryListener(deliveries);
        if (one.isConnected()) {
            connection.onDisconnected();
        }
    }

    @Override
    public String publish(KuraMessage message) throws KuraException {
        MeshEndpoint to = endpoint;
        Target where = target;
        if (to == null || where == null) {
            throw new KuraException(
                    KuraErrorCode.NOT_CONNECTED,
                    null,
                    to == null ? "the publisher's cloud endpoint is not there" : "the publisher has no topic");
        }
        Map<String, Object> properties = new HashMap<>(message.getProperties());
        properties.put(
                MeshEndpoint.TOPIC,
                where.topic()
                        .fill(
                                message.getProperties(),
                                message.getPayload() == null
                                        ? Map.of()
                                        : message.getPayload().metrics()));
        properties.put(MeshEndpoint.QOS, where.qos());
        properties.put(MeshEndpoint.RETAIN, where.retain());
        return to.publish(new KuraMessage(message.getPayload(), properties));
    }

    @Override
    public void registerCloudConnectionListener(CloudConnectionListener cloudConnectionListener) {
        connectionListeners.add(cloudConnectionListener);
    }

    @Override
    public void unregisterCloudConnectionListener(CloudConnectionListener cloudConnectionListener) {
        connectionListeners.remove(cloudConnectionListener);
    }

    @Override
    public void registerCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener) {
        deliveryListeners.add(cloudDeliveryListener);
    }

    @Override
    public void unregisterCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener) {
        deliveryListeners.remove(cloudDeliveryListener);
    }
}
