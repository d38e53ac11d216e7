// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Id;
import java.util.HashMap;
import java.util.Map;

/**
 * No engine hands on a message twice. The next engine on the same host may: what the last one handed on may have been
 * lost in the crash, and only its driver's store can tell.
 */
final class DuplicateCheck implements Watcher {

    private final Map<VirtualNode, Map<Message, Id>> deliveredAs = new HashMap<>();

    @Override
    public void delivered(VirtualNode node, Delivery delivery) {
        Id earlier = deliveredAs
                .computeIfAbsent(node, ignored -> new HashMap<>())
                .putIfAbsent(delivery.message(), delivery.packetId());
        if (earlier != null) {
            throw new Violation(node + " got " + delivery.message() + " twice: as packet " + earlier.shortHex()
                    + " and as packet " + delivery.packetId().shortHex());
        }
    }

    @Override
    public void stopped(VirtualNode node) {
        deliveredAs.remove(node);
    }
}
