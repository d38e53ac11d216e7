// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.wire;

import io.streamrelay.api.Message;
import io.streamrelay.api.Registration;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.api.config.Settings;
import io.streamrelay.kura.link.Payloads;
import io.streamrelay.kura.link.TopicTemplate;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.marshalling.Marshaller;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.WireReceiver;
import org.eclipse.kura.wire.WireRecord;
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
import org.osgi.service.wireadmin.Consumer;
import org.osgi.service.wireadmin.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where wires of a graph end in a subcluster: each record is a message. */
@Component(
        name = WirePublisher.PID,
        configurationPid = WirePublisher.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {ConfigurableComponent.class, WireComponent.class, WireReceiver.class, Consumer.class},
        property = {
            "service.pid=" + WirePublisher.PID,
            "kura.ui.service.hide:Boolean=true",
            "input.cardinality.minimum:Integer=1",
            "input.cardinality.maximum:Integer=1",
            "input.cardinality.default:Integer=1",
            "output.cardinality.minimum:Integer=0",
            "output.cardinality.maximum:Integer=0",
            "output.cardinality.default:Integer=0"
        })
@Designate(ocd = WirePublisherConfiguration.class, factory = true)
public final class WirePublisher implements ConfigurableComponent, WireReceiver {

    static final String PID = "io.streamrelay.kura.WirePublisher";

    private static final Logger LOG = LoggerFactory.getLogger(WirePublisher.class);
    private static final int QOS_MAX = 2;

    private record Target(
            String subcluster, TopicTemplate topic, int qos, boolean retain, String format, Records records) {

        static Target of(Settings settings) throws ConfigurationException {
            String format = settings.oneOf("format", Payloads.JSON, Payloads.JSON, Payloads.RAW);
            return new Target(
                    settings.requiredText("subcluster"),
                    new TopicTemplate(settings.requiredText("topic")),
                    settings.integer("qos", 1, 0, QOS_MAX),
                    settings.flag("retain", false),
                    format,
                    new Records(
                            format.equals(Payloads.RAW) ? settings.requiredText("body") : settings.text("body", ""),
                            true));
        }
    }

    private final Payloads payloads = new Payloads();
    private StreamRelay relay;
    private WireHelperService wires;
    private WireSupport support;
    private Outcome outcome;
    private Registration watch = () -> {};
    private volatile Target target;
    private volatile Subcluster subcluster;

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
            unbind = "unsetMarshaller")
    void setMarshaller(Marshaller service) {
        payloads.marshaller(service);
    }

    void unsetMarshaller(Marshaller service) {
        payloads.forget(service);
    }

    @Activate
    @SuppressWarnings("unchecked")
    void activate(ComponentContext context, Map<String, Object> properties) {
        support = wires.newWireSupport(this, (ServiceReference<WireComponent>) context.getServiceReference());
        outcome = new Outcome("wire publisher " + properties.get("kura.service.pid"));
        modified(properties);
    }

    /** Takes other settings over, or refuses them and goes on as before. */
    @Modified
    void modified(Map<String, Object> properties) {
        try {
            Target next = Target.of(new Settings(properties));
            Target before = target;
            target = next;
            if (before == null || !before.subcluster().equals(next.subcluster())) {
                watch.close();
                subcluster = null;
                watch = relay.watch(next.subcluster(), this::found);
            }
        } catch (ConfigurationException e) {
            LOG.error(
                    "wire publisher {} keeps its configuration, for the new one is refused: {}",
                    properties.get("kura.service.pid"),
                    e.getMessage());
        }
    }

    private void found(Optional<Subcluster> found) {
        subcluster = found.orElse(null);
    }

    @Deactivate
    void deactivate() {
        watch.close();
        subcluster = null;
    }

    @Override
    public void onWireReceive(WireEnvelope wireEnvelope) {
        for (WireRecord each : wireEnvelope.getRecords()) {
            try {
                publish(each);
            } catch (KuraException e) {
                outcome.failed(e.getMessage());
            }
        }
    }

    private void publish(WireRecord record) throws KuraException {
        Target to = target;
        Subcluster in = subcluster;
        if (to == null || in == null) {
            throw new KuraException(
                    KuraErrorCode.NOT_CONNECTED,
                    null,
                    to == null
                            ? "it has no valid configuration"
                            : "there is no subcluster '" + to.subcluster() + "' on this gateway");
        }
        String topic = to.topic().fill(Records.values(record), Map.of());
        Message message =
                payloads.message(topic, to.records().payload(record, new Date()), to.qos(), to.retain(), to.format());
        in.send(message).whenComplete((receipt, failure) -> {
            if (failure == null) {
                outcome.succeeded();
            } else {
                outcome.failed(failure.getMessage());
            }
        });
    }

    @Override
    public void producersConnected(Wire[] connected) {
        support.producersConnected(connected);
    }

    @Override
    public void updated(Wire wire, Object value) {
        support.updated(wire, value);
    }
}
