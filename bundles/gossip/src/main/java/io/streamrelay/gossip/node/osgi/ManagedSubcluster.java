// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.osgi;

import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.api.config.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a subcluster as its settings want it. Used by one thread. */
final class ManagedSubcluster {

    private static final Logger LOG = LoggerFactory.getLogger(ManagedSubcluster.class);

    private final StreamRelay node;
    private final KeyFiles keyFiles;
    private Settings applied;
    private SubclusterOptions options;
    private Subcluster open;

    ManagedSubcluster(StreamRelay node, KeyFiles keyFiles) {
        this.node = node;
        this.keyFiles = keyFiles;
    }

    /** Makes the subcluster what the settings say, or leaves it as it is and says why. */
    void apply(Settings settings) {
        if (settings.equals(applied)) {
            return;
        }
        try {
            change(SubclusterSettings.read(settings, keyFiles));
            applied = settings;
        } catch (ConfigurationException | IllegalArgumentException e) {
            refused(settings, e);
        } catch (IllegalStateException e) {
            LOG.debug("the node was closed meanwhile; it will be back with another component", e);
        }
    }

    private void change(SubclusterOptions wanted) {
        boolean renamed = options == null || !options.name().equals(wanted.name());
        if (renamed && node.subcluster(wanted.name()).isPresent()) {
            throw new ConfigurationException("name", wanted.name(), "a name that no other subcluster has is");
        }
        if (renamed && open != null) {
            open.close();
        }
        try {
            open = node.subcluster(wanted);
            options = wanted;
        } catch (IllegalArgumentException e) {
            if (open != null) {
                open = node.subcluster(options);
            }
            throw e;
        }
    }

    private void refused(Settings settings, RuntimeException reason) {
        String pid = SubclusterComponent.PID + "-" + settings.text("name", "?");
        if (open == null) {
            LOG.error("streamrelay cannot start: {}: {}", pid, reason.getMessage());
        } else {
            LOG.error("a change of {} is refused, the subcluster goes on as it was: {}", pid, reason.getMessage());
        }
    }

    void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
