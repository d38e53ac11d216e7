// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.cloud;

import io.streamrelay.api.BacklogInfo;
import io.streamrelay.api.Delivery;
import io.streamrelay.api.Message;
import io.streamrelay.api.NodeInfo;
import io.streamrelay.api.PeerInfo;
import io.streamrelay.api.Receipt;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.api.config.Settings;
import io.streamrelay.kura.link.LinkThread;
import io.streamrelay.kura.link.MeshLink;
import io.streamrelay.kura.link.Payloads;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.marshalling.Marshaller;
import org.eclipse.kura.marshalling.Unmarshaller;
import org.eclipse.kura.message.KuraPayload;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subcluster as a cloud connection. A message that is published is confirmed when it is committed on this gateway;
 * nothing has to be connected for that. Connected it is called while a peer is.
 */
@Component(
        name = MeshEndpoint.PID,
        configurationPid = MeshEndpoint.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {ConfigurableComponent.class, CloudEndpoint.class, CloudConnectionManager.class},
        property = {"kura.ui.service.hide:Boolean=true", "kura.ui.factory.hide=true"})
@Designate(ocd = EndpointConfiguration.class, factory = true)
public final class MeshEndpoint implements ConfigurableComponent, CloudEndpoint, CloudConnectionManager {

    static final String PID = "io.streamrelay.kura.CloudEndpoint";
    static final String KURA_PID = "kura.service.pid";

    /** What messages say about themselves, and subscriptions want. */
    static final String TOPIC = "topic";

    static final String QOS = "qos";
    static final String RETAIN = "retain";

    private static final Logger LOG = LoggerFactory.getLogger(MeshEndpoint.class);
    private static final long LOOK_MS = 2_000;

    /** Subscribers may come this much later than the first of them, who opens the way for all. Our own choice. */
    private static final long UNCLAIMED_MS = 60_000;

    private final Payloads payloads = new Payloads();
    private final Subscribers subscribers = new Subscribers();
    private final Listeners<CloudDeliveryListener> deliveryListeners = new Listeners<>();
    private StreamRelay relay;
    private EventAdmin events;
    private volatile LinkThread thread;
    private ConnectionState state;
    private MeshLink link;
    private Settings current;
    private volatile String followed;
    private volatile String format = Payloads.JSON;
    private volatile boolean disconnected;

    @Reference
    void setRelay(StreamRelay service) {
        relay = service;
    }

    @Reference
    void setEvents(EventAdmin service) {
        events = service;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            target = Payloads.JSON_SERVICES,
            unbind = "unsetMarshaller")
    void setMarshaller(Marshaller service) {
        payloads.marshaller(service);
    }

    void unsetMarshaller(Marshaller service) {
        payloads.forget(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            target = Payloads.JSON_SERVICES,
            unbind = "unsetUnmarshaller")
    void setUnmarshaller(Unmarshaller service) {
        payloads.unmarshaller(service);
        subscribersChanged();
    }

    void unsetUnmarshaller(Unmarshaller service) {
        payloads.forget(service);
        subscribersChanged();
    }

    @Activate
    void activate(Map<String, Object> properties) {
        String pid = String.valueOf(properties.get(KURA_PID));
        LinkThread own = new LinkThread(pid);
        state = new ConnectionState(pid, events);
        link = new MeshLink(relay, "kura:" + pid, own, subscribers::want, UNCLAIMED_MS, this::arrived);
        thread = own;
        own.scheduleWithFixedDelay(this::look, 0, LOOK_MS, TimeUnit.MILLISECONDS);
        modified(properties);
    }

    /** Takes other settings over, or refuses them and goes on as before. Returns at once. */
    @Modified
    void modified(Map<String, Object> properties) {
        Settings settings = new Settings(properties);
        if (settings.equals(current)) {
            return;
        }
        current = settings;
        try {
            String subcluster = settings.requiredText("subcluster");
            format = settings.oneOf("format", Payloads.JSON, Payloads.JSON, Payloads.RAW);
            if (!subcluster.equals(followed)) {
                followed = subcluster;
                thread.execute(() -> link.follow(subcluster));
            }
            subscribersChanged();
        } catch (ConfigurationException e) {
            LOG.error(
                    "cloud endpoint {} keeps its configuration, for the new one is refused: {}",
                    properties.get(KURA_PID),
                    e.getMessage());
        }
    }

    @Deactivate
    void deactivate() {
        thread.execute(() -> {
            try {
                link.close();
                state.disconnected();
            } finally {
                thread.shutdown();
            }
        });
    }

    private void look() {
        try {
            state.is(!disconnected
                    && link.subcluster().isPresent()
                    && !relay.peers().isEmpty());
        } catch (RuntimeException e) {
            LOG.error("the state of a cloud endpoint cannot be told", e);
        }
    }

    @Override
    public String publish(KuraMessage message) throws KuraException {
        Map<String, Object> properties = message.getProperties();
        int qos = properties.get(QOS) instanceof Integer given ? given : 1;
        String topic = String.valueOf(properties.getOrDefault(TOPIC, ""));
        boolean retain = Boolean.TRUE.equals(properties.get(RETAIN));
        Message out = payloads.message(topic, message.getPayload(), qos, retain, format);
        CompletionStage<Receipt> committed = link.send(out)
                .orElseThrow(() -> new KuraException(
                        KuraErrorCode.NOT_CONNECTED,
                        null,
                        "there is no subcluster '" + followed + "' on this gateway"));
        if (committed.toCompletableFuture().isCompletedExceptionally()) {
            throw refused(committed);
        }
        String id = qos == 0 ? null : UUID.randomUUID().toString();
        committed.whenCompleteAsync((receipt, failure) -> settled(id, topic, failure), thread);
        return id;
    }

    private static KuraException refused(CompletionStage<Receipt> stage) {
        Throwable[] cause = {null};
        stage.whenComplete((receipt, failure) -> cause[0] = failure);
        return new KuraException(KuraErrorCode.STORE_ERROR, cause[0], String.valueOf(cause[0].getMessage()));
    }

    /** @param id null for what is not confirmed */
    private void settled(String id, String topic, Throwable failure) {
        if (failure != null) {
            LOG.error("a message to {} was not accepted: {}", topic, failure.getMessage());
        } else if (id != null) {
            deliveryListeners.tell(each -> each.onMessageConfirmed(id));
        }
    }

    private void arrived(Delivery delivery) {
        Message message = delivery.message();
        Map<String, Object> properties = new HashMap<>();
        properties.put(TOPIC, message.topic());
        properties.put(QOS, message.qos());
        properties.put(RETAIN, message.retained());
        KuraPayload payload = payloads.payload(message.payload(), format);
        if (payload.getTimestamp() == null && delivery.sentMs() > 0) {
            payload.setTimestamp(new Date(delivery.sentMs()));
        }
        subscribers.tell(message.topic(), new KuraMessage(payload, properties));
        delivery.acknowledge();
    }

    @Override
    public void registerSubscriber(
            Map<String, Object> subscriptionProperties, CloudSubscriberListener cloudSubscriberListener) {
        subscribers.add(String.valueOf(subscriptionProperties.getOrDefault(TOPIC, "#")), cloudSubscriberListener);
        subscribersChanged();
    }

    @Override
    public void unregisterSubscriber(CloudSubscriberListener cloudSubscriberListener) {
        subscribers.remove(cloudSubscriberListener);
        subscribersChanged();
    }

    private void subscribersChanged() {
        LinkThread on = thread;
        // Kura's services may be there before the endpoint has begun.
        if (on != null) {
            on.execute(() -> link.receives(!disconnected && !subscribers.isEmpty() && payloads.reads(format)));
        }
    }

    @Override
    public void registerCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener) {
        deliveryListeners.add(cloudDeliveryListener);
    }

    @Override
    public void unregisterCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener) {
        deliveryListeners.remove(cloudDeliveryListener);
    }

    /** What the console shows of the node. */
    @Override
    public Map<String, String> getInfo() {
        NodeInfo node = relay.info();
        List<PeerInfo> peers = relay.peers();
        List<BacklogInfo> backlog = relay.backlog();
        Map<String, String> info = new LinkedHashMap<>();
        info.put("Peer id", node.peerId().hex());
        info.put("Address", node.reflexive().map(Object::toString).orElse("unknown"));
        info.put("NAT", node.natType().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        info.put("Peers", Integer.toString(peers.size()));
        info.put(
                "Last contact",
                peers.stream().mapToLong(PeerInfo::silentMs).min().stream()
                        .mapToObj(ms -> ms / 1_000 + " s ago")
                        .findFirst()
                        .orElse("none now"));
        info.put(
                "Backlog",
                backlog.stream().mapToLong(BacklogInfo::messages).sum() + " messages, "
                        + backlog.stream().mapToLong(BacklogInfo::bytes).sum() + " bytes");
        link.subcluster().ifPresent(subcluster -> info.put("Subcluster", subcluster.name() + " " + subcluster.id()));
        return info;
    }

    /** Hands subscribers what has waited; the node itself is always in the mesh. */
    @Override
    public void connect() {
        disconnected = false;
        subscribersChanged();
        thread.execute(this::look);
    }

    /** Lets what comes wait; what is published is accepted, and the node itself stays in the mesh. */
    @Override
    public void disconnect() {
        disconnected = true;
        subscribersChanged();
        thread.execute(state::disconnected);
    }

    @Override
    public boolean isConnected() {
        return state.isConnected();
    }

    @Override
    public void registerCloudConnectionListener(CloudConnectionListener cloudConnectionListener) {
        state.listeners().add(cloudConnectionListener);
    }

    @Override
    public void unregisterCloudConnectionListener(CloudConnectionListener cloudConnectionListener) {
        state.listeners().remove(cloudConnectionListener);
    }
}
