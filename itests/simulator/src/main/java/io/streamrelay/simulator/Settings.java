// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.engine.EngineConfig;
import java.util.List;

/** Engine settings that differ from others in one thing, for {@link Simulation#configure}. */
public final class Settings {

    private Settings() {}

    /** The same for a well-known peer. */
    public static EngineConfig indexed(EngineConfig config) {
        return with(config, config.self(), true, config.bootstrap(), config.heartbeatMs(), config.carriedBytesMax());
    }

    /** The same for a node that carries no more of others' packets. */
    public static EngineConfig carrying(EngineConfig config, long bytesMax) {
        return with(config, config.self(), config.indexed(), config.bootstrap(), config.heartbeatMs(), bytesMax);
    }

    /** The same for a node that holds no more own packets that nobody has got yet. */
    public static EngineConfig backlog(EngineConfig config, long bytesMax) {
        return with(config, config.cluster(), bytesMax, config.relayForeign());
    }

    /** The same for a node of another cluster, before it starts. */
    public static EngineConfig cluster(EngineConfig config, Id cluster) {
        return with(config, cluster, config.backlogBytesMax(), config.relayForeign());
    }

    /** The same for a node that carries nothing of other clusters. */
    public static EngineConfig refusingForeign(EngineConfig config) {
        return with(config, config.cluster(), config.backlogBytesMax(), false);
    }

    static EngineConfig self(EngineConfig config, Id self) {
        return with(config, self, config.indexed(), config.bootstrap(), config.heartbeatMs(), config.carriedBytesMax());
    }

    static EngineConfig bootstrap(EngineConfig config, List<String> entries) {
        return with(config, config.self(), config.indexed(), entries, config.heartbeatMs(), config.carriedBytesMax());
    }

    static EngineConfig heartbeat(EngineConfig config, long heartbeatMs) {
        return with(config, config.self(), config.indexed(), config.bootstrap(), heartbeatMs, config.carriedBytesMax());
    }

    private static EngineConfig with(EngineConfig config, Id cluster, long backlogBytesMax, boolean relayForeign) {
        return new EngineConfig(
                config.self(),
                cluster,
                config.indexed(),
                config.natType(),
                config.publicEndpoint(),
                config.bootstrap(),
                config.heartbeatMs(),
                config.carriedBytesMax(),
                backlogBytesMax,
                relayForeign,
                config.messageBytesMax(),
                config.backlogKilobitsPerSecond());
    }

    private static EngineConfig with(
            EngineConfig config,
            Id self,
            boolean indexed,
            List<String> bootstrap,
            long heartbeatMs,
            long carriedBytesMax) {
        return new EngineConfig(
                self,
                config.cluster(),
                indexed,
                config.natType(),
                config.publicEndpoint(),
                bootstrap,
                heartbeatMs,
                carriedBytesMax,
                config.backlogBytesMax(),
                config.relayForeign(),
                config.messageBytesMax(),
                config.backlogKilobitsPerSecond());
    }
}
