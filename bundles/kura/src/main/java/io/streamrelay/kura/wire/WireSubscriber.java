// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.wire;

import io.streamrelay.api.Delivery;
import io.streamrelay.api.Message;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.TopicFilter;
import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.api.config.Settings;
import io.streamrelay.kura.link.LinkThread;
import io.streamrelay.kura.link.MeshLink;
import io.streamrelay.kura.link.Payloads;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.marshalling.Unmarshaller;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEmitter;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.WireSupport;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.wireadmin.Producer;
import org.osgi.service.wireadmin.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where wires of a graph begin in a subcluster: each message is a record. Without a wire, what comes waits in the
 * node; a message is done when the graph has taken its record.
 */
@Component(
        name = WireSubscriber.PID,
        configurationPid = WireSubscriber.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {ConfigurableComponent.class, WireComponent.class, WireEmitter.class, Producer.class},
        property = {
            "service.pid=" + WireSubscriber.PID,
            "kura.ui.service.hide:Boolean=true",
            "input.cardinality.minimum:Integer=0",
            "input.cardinality.maximum:Integer=0",
            "input.cardinality.default:Integer=0",
            "output.cardinality.minimum:Integer=1",
            "output.cardinality.maximum:Integer=1",
            "output.cardinality.default:Integer=1"
        })
@Designate(ocd = WireSubscriberConfiguration.class, factory = true)
public final class WireSubscriber implements ConfigurableComponent, WireEmitter {

    static final String PID = "io.streamrelay.kura.WireSubscriber";

    private static final Logger LOG = LoggerFactory.getLogger(WireSubscriber.class);

    private record Source(String subcluster, String filter, String format, Records records) {

        static Source of(Settings settings) throws ConfigurationException {
            String filter = settings.requiredText("topic");
            if (!TopicFilter.isFilter(filter)) {
                throw new ConfigurationException("topic", filter, "an MQTT topic filter, as in fields/#, is");
            }
            return new Source(
                    settings.requiredText("subcluster"),
                    filter,
                    settings.oneOf("format", Payloads.JSON, Payloads.JSON, Payloads.RAW),
                    new Records(
                            settings.text("body", "body"),
                            settings.oneOf("bodyType", "text", "text", "bytes").equals("text")));
        }
    }

    private final Payloads payloads = new Payloads();
    private StreamRelay relay;
    private WireHelperService wires;
    private WireSupport support;
    private MeshLink link;
    private volatile LinkThread thread;
    private volatile Source source;
    private volatile boolean wired;

    @Reference
    void setRelay(StreamRelay service) {
        relay = service;
    }

    @Reference
    void setWires(WireHelperService service) {
        wires = service;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            target = Payloads.JSON_SERVICES,
            unbind = "unsetUnmarshaller")
    void setUnmarshaller(Unmarshaller service) {
        payloads.unmarshaller(service);
        changed();
    }

    void unsetUnmarshaller(Unmarshaller service) {
        payloads.forget(service);
        changed();
    }

    @Activate
    @SuppressWarnings("unchecked")
    void activate(ComponentContext context, Map<String, Object> properties) {
        support = wires.newWireSupport(this, (ServiceReference<WireComponent>) context.getServiceReference());
        String pid = String.valueOf(properties.get("kura.service.pid"));
        LinkThread own = new LinkThread(pid);
        link = new MeshLink(relay, "kura:" + pid, own, this::wants, 0, this::arrived);
        thread = own;
        modified(properties);
    }

    /** Takes other settings over, or refuses them and goes on as before. */
    @Modified
    void modified(Map<String, Object> properties) {
        try {
            Source next = Source.of(new Settings(properties));
            Source before = source;
            source = next;
            if (before == null || !before.subcluster().equals(next.subcluster())) {
                thread.execute(() -> link.follow(next.subcluster()));
            }
            changed();
        } catch (ConfigurationException e) {
            LOG.error(
                    "wire subscriber {} keeps its configuration, for the new one is refused: {}",
                    properties.get("kura.service.pid"),
                    e.getMessage());
        }
    }

    @Deactivate
    void deactivate() {
        LinkThread own = thread;
        own.execute(() -> {
            try {
                link.close();
            } finally {
                own.shutdown();
            }
        });
    }

    private void changed() {
        LinkThread on = thread;
        // Kura's services may be there before the component has begun.
        if (on != null) {
            boolean receives = wired && source != null && payloads.reads(source.format());
            on.execute(() -> link.receives(receives));
        }
    }

    private boolean wants(String topic) {
        Source from = source;
        return from != null && TopicFilter.matches(from.filter(), topic);
    }

    private void arrived(Delivery delivery) {
        if (!wired) {
            // It comes again when there is a wire, for then another consumer is opened.
            return;
        }
        Source from = source;
        Message message = delivery.message();
        KuraPayload payload = payloads.payload(message.payload(), from.format());
        if (payload.getTimestamp() == null && delivery.sentMs() > 0) {
            payload.setTimestamp(new Date(delivery.sentMs()));
        }
        try {
            support.emit(List.of(from.records().record(message.topic(), payload)));
        } catch (RuntimeException e) {
            LOG.error("a component of the wire graph failed at a message to {}", message.topic(), e);
        }
        delivery.acknowledge();
    }

    @Override
    public void consumersConnected(Wire[] connected) {
        boolean some = connected != null && connected.length > 0;
        // Nothing is emitted to where no wire begins: it would be taken for delivered.
        wired &= some;
        support.consumersConnected(connected);
        wired = some;
        changed();
    }

    @Override
    public Object polled(Wire wire) {
        return support.polled(wire);
    }
}
