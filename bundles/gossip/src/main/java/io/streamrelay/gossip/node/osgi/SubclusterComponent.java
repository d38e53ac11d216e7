// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.osgi;

import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.config.Settings;
import io.streamrelay.api.crypto.KeyRing;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

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

    private final ManagedSubcluster subcluster;
    private final OwnThread thread = new OwnThread("srp-subcluster-configuration");

    /** @param node the node and its service properties, which name its folder */
    @Activate
    public SubclusterComponent(
            Map<String, Object> properties,
            @Reference KeyRing keys,
            @Reference Map.Entry<Map<String, Object>, StreamRelay> node) {
        Path directory = Path.of((String) node.getKey().get(NodeComponent.DATA_DIRECTORY));
        subcluster = new ManagedSubcluster(node.getValue(), new KeyFiles(directory, keys), thread);
        modified(properties);
    }

    @Modified
    void modified(Map<String, Object> properties) {
        Settings settings = new Settings(properties);
        thread.execute(() -> subcluster.apply(settings));
    }

    @Deactivate
    void deactivate() {
        thread.closeWith(subcluster::close);
    }
}
