// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.api.store.PacketStore;
import java.util.concurrent.Executor;

/**
 * What the subclusters of a node share.
 *
 * @param epoch the node's boot counter
 * @param opening what waits to be opened
 * @param listening what waits for listeners
 * @param completions where the stages of an application's calls are completed: neither the engine nor a listener may be
 *     held up by what an application has attached to them
 */
record NodeParts(
        Identity identity,
        long epoch,
        KeyRing keys,
        NodeClock clock,
        EventQueue queue,
        Publications publications,
        Workers workers,
        Dispatcher dispatcher,
        Backlog opening,
        Backlog listening,
        PacketStore store,
        ConsumerBook consumers,
        Counters counters,
        Drops drops,
        Trails trails,
        Executor completions) {}
