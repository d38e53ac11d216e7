// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.join;

import io.streamrelay.api.Invitation;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.crypto.KeyRing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes this gateway take part in what an invitation is for. */
@Component(service = Joining.class)
public final class Joining {

    /** The property of the node's service that names the folder of its state. */
    private static final String DATA_DIRECTORY = "dataDirectory";

    private final StreamRelay relay;
    private final Path dataDirectory;
    private final Configurations configurations;
    private final KeyRing keys;

    @Activate
    public Joining(
            @Reference(target = "(" + DATA_DIRECTORY + "=*)") Map.Entry<Map<String, Object>, StreamRelay> node,
            @Reference ConfigurationAdmin admin,
            @Reference KeyRing keys,
            BundleContext context) {
        this(
                node.getValue(),
                Path.of((String) node.getKey().get(DATA_DIRECTORY)),
                new Configurations(admin, folder(context.getProperty("karaf.etc"))),
                keys);
    }

    Joining(StreamRelay relay, Path dataDirectory, Configurations configurations, KeyRing keys) {
        this.relay = relay;
        this.dataDirectory = dataDirectory;
        this.configurations = configurations;
        this.keys = keys;
    }

    private static Path folder(String karafEtc) {
        return karafEtc == null ? null : Path.of(karafEtc);
    }

    /**
     * Joins.
     *
     * @return what was done, a line for each step, without secrets
     * @throws IllegalArgumentException when it would take more than the options allow; nothing is changed then
     * @throws IOException when a file or configuration cannot be written
     */
    public synchronized List<String> join(Invitation invitation, JoinOptions options) throws IOException {
        KeyFile keyFile = KeyFile.of(dataDirectory, invitation.subcluster(), invitation.key());
        NodeStep node = new NodeStep(configurations, relay.info().clusterId());
        SubclusterStep subcluster = new SubclusterStep(relay, configurations, keys, keyFile);
        BridgeStep bridge = new BridgeStep(configurations, options.route());
        node.check(invitation, options);
        SubclusterStep.Change change = subcluster.check(invitation, options);
        List<String> done = new ArrayList<>();
        done.add(subcluster.apply(invitation, change));
        done.add(bridge.apply(invitation.subcluster()));
        // The last, for another cluster is another node: what was asked of this one would find it closed.
        done.addAll(node.apply(invitation));
        return done;
    }
}
