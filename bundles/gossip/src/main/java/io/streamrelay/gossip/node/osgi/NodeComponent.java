// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.osgi;

import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.config.PortOffset;
import io.streamrelay.api.config.Settings;
import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.api.store.PacketStoreFactory;
import io.streamrelay.api.transport.DatagramTransport;
import io.streamrelay.api.transport.LanDiscovery;
import io.streamrelay.gossip.node.NodeConfig;
import io.streamrelay.gossip.node.StreamRelayNode;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** The node of a container. It is a service as long as it is open. */
// Declared by hand, for the service is not the component's own: resolvers look for it.
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"io.streamrelay.api.StreamRelay\"",
        effective = "active")
@Component(
        name = NodeComponent.PID,
        configurationPid = NodeComponent.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {})
@Designate(ocd = NodeConfiguration.class)
public final class NodeComponent {

    public static final String PID = "io.streamrelay.node";

    /** The service property that names the node's folder. */
    static final String DATA_DIRECTORY = "dataDirectory";

    private final BundleContext context;
    private final PortOffset offset;
    private final ManagedNode node;
    private final Retries retries;
    private final OwnThread thread = new OwnThread("srp-node-configuration");

    @Activate
    public NodeComponent(
            BundleContext context,
            Map<String, Object> properties,
            @Reference KeyRing keys,
            @Reference DatagramTransport transport,
            @Reference LanDiscovery discovery,
            @Reference PacketStoreFactory stores) {
        this.context = context;
        this.offset = PortOffset.of(context.getProperty(PortOffset.PROPERTY));
        this.node = new ManagedNode(
                config -> new StreamRelayNode(config, keys, transport, discovery, stores),
                this::register,
                defaultDirectory(context));
        this.retries = new Retries(node::apply, (attempt, pauseMs) -> CompletableFuture.delayedExecutor(
                        pauseMs, TimeUnit.MILLISECONDS, thread)
                .execute(attempt));
        modified(properties);
    }

    @Modified
    void modified(Map<String, Object> properties) {
        Settings settings = new Settings(properties).orElse("port", offset.from(NodeConfig.DEFAULT_PORT));
        thread.execute(() -> retries.apply(settings));
    }

    @Deactivate
    void deactivate() {
        thread.closeWith(node::close);
    }

    private Runnable register(StreamRelayNode open, NodeConfig config) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(DATA_DIRECTORY, config.directory().toString());
        ServiceRegistration<StreamRelay> registration = context.registerService(StreamRelay.class, open, properties);
        return registration::unregister;
    }

    private static Path defaultDirectory(BundleContext context) {
        String kura = context.getProperty("kura.home");
        String data = Stream.of(
                        context.getProperty("karaf.data"),
                        context.getProperty("kura.data"),
                        kura == null ? null : kura + "/data")
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(".");
        return Path.of(data, "streamrelay");
    }
}
