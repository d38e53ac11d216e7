// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.osgi;

import io.streamrelay.api.Registration;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.api.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a subcluster as its settings want it. Settings that were refused are tried again when another subcluster
 * closes: it may have had the name or the key. Used by one thread.
 */
final class ManagedSubcluster {

    private static final Logger LOG = LoggerFactory.getLogger(ManagedSubcluster.class);

    private final StreamRelay node;
    private final KeyFiles keyFiles;
    private Settings applied;
    private SubclusterOptions options;
    private Subcluster open;
    private Settings refused;
    private final Executor thread;
    private final List<Registration> others = new ArrayList<>();

    /** @param thread the thread that uses this object */
    ManagedSubcluster(StreamRelay node, KeyFiles keyFiles, Executor thread) {
        this.node = node;
        this.keyFiles = keyFiles;
        this.thread = thread;
    }

    /** Makes the subcluster what the settings say, or leaves it as it is and says why. */
    void apply(Settings settings) {
        stopWaiting();
        if (settings.equals(applied)) {
            return;
        }
        Set<String> before = namesOfOthers();
        try {
            change(SubclusterSettings.read(settings, keyFiles));
            applied = settings;
        } catch (ConfigurationException | IllegalArgumentException e) {
            refused(settings, e);
            awaitOthers(settings, before);
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

    private Set<String> namesOfOthers() {
        return node.subclusters().stream()
                .filter(each -> each != open)
                .map(Subcluster::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** @param before those that were open before the settings were refused, and may have closed meanwhile */
    private void awaitOthers(Settings settings, Set<String> before) {
        refused = settings;
        Set<String> names = namesOfOthers();
        names.addAll(before);
        for (String name : names) {
            others.add(node.watch(name, present -> {
                if (present.isEmpty()) {
                    thread.execute(() -> tryAgain(settings));
                }
            }));
        }
    }

    private void tryAgain(Settings settings) {
        if (settings == refused) {
            apply(settings);
        }
    }

    private void stopWaiting() {
        refused = null;
        others.forEach(Registration::close);
        others.clear();
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
        stopWaiting();
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
