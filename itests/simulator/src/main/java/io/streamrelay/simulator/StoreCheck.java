// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.store.StoreChange;
import java.util.List;

/**
 * No node holds more than its settings allow, in memory or on disk. What it has let go of and not opened yet stays on
 * disk, and comes back after a restart: as much again at the most.
 */
final class StoreCheck implements Watcher {

    @Override
    public void committed(VirtualNode node, List<StoreChange> changes) {
        long carriedBytesMax = (node.opensSlowly() ? 2 : 1) * node.config().carriedBytesMax();
        long backlogBytesMax = node.config().backlogBytesMax();
        node.engine().ifPresent(engine -> {
            check(node, "carries", engine.carriedBytes(), carriedBytesMax);
            check(node, "holds back", engine.backlogBytes(), backlogBytesMax);
        });
        check(node, "stores", node.store().bytes(), carriedBytesMax + backlogBytesMax);
    }

    private static void check(VirtualNode node, String verb, long bytes, long bytesMax) {
        if (bytes > bytesMax) {
            throw new Violation(node + " " + verb + " " + bytes + " bytes, the limit is " + bytesMax);
        }
    }
}
