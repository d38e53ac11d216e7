// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.transport;

import io.streamrelay.api.Endpoint;

/** Is told of nodes on this host's local networks, on the discovery's thread. It must not block. */
@FunctionalInterface
public interface LanListener {

    /**
     * Somebody says that a node is there. It is the word of a stranger; only that the address lies in a network of this
     * host is certain. Told again from time to time while it holds.
     */
    void found(Endpoint endpoint);
}
