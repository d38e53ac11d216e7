// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

/** What a packet that is held is worth here, in the order in which packets are let go. */
enum Standing {
    /** Of another cluster. */
    FOREIGN,

    /** Of this cluster, and delivered here or not for this node; or its own, and passed on. */
    CARRIED,

    /** For this node, and not delivered yet. */
    WANTED,

    /** This node's own, and nobody else has got it yet. */
    WAITING
}
