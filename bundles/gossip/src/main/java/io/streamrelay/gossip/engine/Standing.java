// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

/** What a packet that is held is worth here, in the order in which packets are let go. */
enum Standing {
    /** Of another cluster. */
    FOREIGN,

    /** Of this cluster, and delivered here or not for this node; or its own, and passed on. */
    CARRIED,

    /** For this node, and parts of it are missing. */
    WANTED,

    /** For this node, whole, and not taken by its driver yet: whoever else had it may have let it go since. */
    OWED,

    /** This node's own, and nobody else has got it yet. */
    WAITING
}
