// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Id;

/** What all nodes of a simulation share. */
record World(
        SimulationOptions options,
        VirtualTime time,
        Chance chance,
        Topology topology,
        VirtualNetwork network,
        NameServer names,
        MessageBook messages,
        Watcher watcher) {

    /** The peer id of a node; another one for each seed, because protocols break ties by it. */
    Id peerId(int node) {
        return MessageBook.id("peer " + options.seed() + "/" + node);
    }
}
