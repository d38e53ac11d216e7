// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.osgi;

import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.config.SecretKeeper;
import io.streamrelay.api.config.Settings;
import io.streamrelay.api.crypto.KeyRing;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.framework.BundleContext;
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

/** One subcluster that the container's node takes part in. */
@Component(
        name = SubclusterComponent.PID,
        configurationPid = SubclusterComponent.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {})
@Designate(ocd = SubclusterConfiguration.class, factory = true)
public final class SubclusterComponent {

    public static final String PID = "io.streamrelay.subcluster";

    private static final Logger LOG = LoggerFactory.getLogger(SubclusterComponent.class);

    private final SecretKeeper keeper;
    private final boolean waitsForKeeper;
    private final ManagedSubcluster subcluster;
    private final OwnThread thread = new OwnThread("srp-subcluster-configuration");

    /**
     * @param node the node and its service properties, which name its folder
     * @param keeper null where secrets are not enciphered, or not yet revealed
     */
    @Activate
    public SubclusterComponent(
            BundleContext context,
            Map<String, Object> properties,
            @Reference KeyRing keys,
            @Reference Map.Entry<Map<String, Object>, StreamRelay> node,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    SecretKeeper keeper) {
        this.keeper = keeper;
        waitsForKeeper = keeper == null && context.getProperty(SecretKeeper.CONTAINER_PROPERTY) != null;
        Path directory = Path.of((String) node.getKey().get(NodeComponent.DATA_DIRECTORY));
        subcluster = new ManagedSubcluster(node.getValue(), new KeyFiles(directory, keys), thread);
        modified(properties);
    }

    @Modified
    void modified(Map<String, Object> properties) {
        if (waitsForKeeper) {
            // With the enciphered key as its key it would be another subcluster. It begins again when a keeper comes.
            LOG.info("Subcluster '{}' waits for the service that reveals secrets", properties.get("name"));
            return;
        }
        Settings settings = new Settings(properties).reveal(keeper, "sharedKey");
        thread.execute(() -> subcluster.apply(settings));
    }

    @Deactivate
    void deactivate() {
        thread.closeWith(subcluster::close);
    }
}
