// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.osgi;

import io.streamrelay.api.config.Settings;
import io.streamrelay.gossip.node.NodeConfig;
import io.streamrelay.gossip.node.StreamRelayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a node as its settings want it. Used by one thread. */
final class ManagedNode {

    /** Opens a node. */
    @FunctionalInterface
    interface Opening {
        StreamRelayNode open(NodeConfig config) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(ManagedNode.class);

    private final Opening opening;
    private final BiFunction<StreamRelayNode, NodeConfig, Runnable> offering;
    private final Path defaultDirectory;
    private Settings applied;
    private NodeConfig config;
    private StreamRelayNode node;
    private Runnable withdraw;

    /** @param offering offers an open node to others, and returns how to withdraw it */
    ManagedNode(Opening opening, BiFunction<StreamRelayNode, NodeConfig, Runnable> offering, Path defaultDirectory) {
        this.opening = opening;
        this.offering = offering;
        this.defaultDirectory = defaultDirectory;
    }

    /**
     * Makes the node what the settings say, or leaves it as it is and says why.
     *
     * @return false when there is no node, though not for what the settings say: they may work later
     */
    boolean apply(Settings settings) {
        if (node != null && settings.equals(applied)) {
            return true;
        }
        try {
            change(NodeConfig.from(settings, defaultDirectory));
            applied = settings;
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.error(
                    node == null
                            ? "streamrelay cannot start: {}"
                            : "a change of " + NodeComponent.PID + " is refused, the node goes on as it was: {}",
                    e.getMessage());
            LOG.debug("the cause", e);
            return node != null || !(e instanceof IOException || e instanceof UncheckedIOException);
        }
    }

    private void change(NodeConfig wanted) throws IOException {
        if (node == null) {
            open(wanted);
        } else if (wanted.sameNode(config)) {
            node.configure(wanted);
            config = wanted;
        } else {
            replace(wanted);
        }
    }

    private void replace(NodeConfig wanted) throws IOException {
        NodeConfig before = config;
        close();
        try {
            open(wanted);
        } catch (IOException | RuntimeException e) {
            reopen(before, e);
            throw e;
        }
    }

    private void reopen(NodeConfig before, Exception cause) throws IOException {
        try {
            open(before);
        } catch (IOException | RuntimeException e) {
            cause.addSuppressed(e);
            throw new IOException(cause.getMessage() + "; nor as it was before: " + e.getMessage(), cause);
        }
    }

    private void open(NodeConfig wanted) throws IOException {
        StreamRelayNode opened = opening.open(wanted);
        try {
            withdraw = offering.apply(opened, wanted);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
        node = opened;
        config = wanted;
    }

    void close() {
        if (node != null) {
            StreamRelayNode closing = node;
            node = null;
            try {
                withdraw.run();
            } finally {
                closing.close();
            }
        }
    }
}
