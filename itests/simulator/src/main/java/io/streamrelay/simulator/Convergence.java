// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Id;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether nodes have come to hold the same. */
final class Convergence {

    private Convergence() {}

    /** All that are up and awake hold the same packets, in memory and on disk. */
    static boolean reached(List<VirtualNode> nodes) {
        List<VirtualNode> live = nodes.stream().filter(VirtualNode::isAwake).toList();
        Set<Set<Id>> stored =
                live.stream().map(node -> node.store().packetIds()).collect(Collectors.toSet());
        Set<String> summaries = live.stream().map(VirtualNode::summaryHash).collect(Collectors.toSet());
        boolean memoryIsDisk = live.stream().allMatch(VirtualNode::memoryIsDisk);
        return stored.size() <= 1 && summaries.size() <= 1 && memoryIsDisk;
    }
}
