// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

/** What all nodes of a simulation share. */
record World(
        SimulationOptions options,
        VirtualTime time,
        Chance chance,
        PeerIds peerIds,
        Topology topology,
        VirtualNetwork network,
        NameServer names,
        MessageBook messages,
        Watcher watcher) {}
