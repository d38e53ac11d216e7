// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.store.PacketStore;

/** What the durable consumers of a node share. */
record ConsumerParts(
        PacketStore store,
        Dispatcher dispatcher,
        Drops drops,
        Trails trails,
        Redelivery.Timer timer,
        NodeClock clock) {}
