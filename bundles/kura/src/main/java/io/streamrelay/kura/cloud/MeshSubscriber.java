// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.cloud;

import io.streamrelay.api.TopicFilter;
import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.api.config.Settings;
import java.util.Map;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.CloudSubscriber;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
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

/** Hands applications on Kura what members of its endpoint's subcluster publish. */
@Component(
        name = MeshSubscriber.PID,
        configurationPid = MeshSubscriber.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {CloudSubscriber.class, ConfigurableComponent.class},
        property = {
            "service.pid=" + MeshSubscriber.PID,
            "cloud.connection.factory.pid=" + MeshEndpoint.PID,
            "kura.ui.service.hide:Boolean=true",
            "kura.ui.factory.hide=true"
        })
@Designate(ocd = SubscriberConfiguration.class, factory = true)
public final class MeshSubscriber implements CloudSubscriber, ConfigurableComponent, CloudSubscriberListener {

    static final String PID = "io.streamrelay.kura.CloudSubscriber";

    private static final Logger LOG = LoggerFactory.getLogger(MeshSubscriber.class);

    private final Listeners<CloudConnectionListener> connectionListeners = new Listeners<>();
    private final CloudConnectionListener connection = Listeners.passingOn(connectionListeners);
    private final Listeners<CloudSubscriberListener> listeners = new Listeners<>();
    private EndpointTracker tracker;
    private MeshEndpoint endpoint;
    private String filter;

    @Activate
    void activate(BundleContext context, Map<String, Object> properties) {
        tracker = new EndpointTracker(context, this::found, this::lost);
        modified(properties);
    }

    @Modified
    void modified(Map<String, Object> properties) {
        try {
            String wanted = new Settings(properties).requiredText("topic");
            if (!TopicFilter.isFilter(wanted)) {
                throw new ConfigurationException("topic", wanted, "an MQTT topic filter, as in fields/#, is");
            }
            topic(wanted);
        } catch (ConfigurationException e) {
            LOG.error(
                    "subscriber {} keeps its configuration, for the new one is refused: {}",
                    properties.get(MeshEndpoint.KURA_PID),
                    e.getMessage());
        }
        tracker.follow(properties);
    }

    @Deactivate
    void deactivate() {
        tracker.close();
    }

    private synchronized void topic(String wanted) {
        filter = wanted;
        subscribe();
    }

    private void found(MeshEndpoint one) {
        synchronized (this) {
            endpoint = one;
            subscribe();
        }
        one.registerCloudConnectionListener(connection);
        if (one.isConnected()) {
            connection.onConnectionEstablished();
        }
    }

    /** Where nobody listens yet, what comes waits in the node. */
    private void subscribe() {
        if (endpoint != null && filter != null && !listeners.isEmpty()) {
            endpoint.registerSubscriber(Map.of(MeshEndpoint.TOPIC, filter), this);
        }
    }

    private void lost(MeshEndpoint one) {
        synchronized (this) {
            endpoint = endpoint == one ? null : endpoint;
            one.unregisterSubscriber(this);
        }
        one.unregisterCloudConnectionListener(connection);
        if (one.isConnected()) {
            connection.onDisconnected();
        }
    }

    @Override
    public void onMessageArrived(KuraMessage message) {
        listeners.tell(each -> each.onMessageArrived(message));
    }

    @Override
    public synchronized void registerCloudSubscriberListener(CloudSubscriberListener listener) {
        listeners.add(listener);
        subscribe();
    }

    @Override
    public synchronized void unregisterCloudSubscriberListener(CloudSubscriberListener listener) {
        listeners.remove(listener);
        if (listeners.isEmpty() && endpoint != null) {
            endpoint.unregisterSubscriber(this);
        }
    }

    @Override
    public void registerCloudConnectionListener(CloudConnectionListener cloudConnectionListener) {
        connectionListeners.add(cloudConnectionListener);
    }

    @Override
    public void unregisterCloudConnectionListener(CloudConnectionListener cloudConnectionListener) {
        connectionListeners.remove(cloudConnectionListener);
    }
}
