// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.util.List;

/**
 * What is still known of a message's way through this node.
 *
 * @param id the id of its packet, or of the first of its packets
 * @param subcluster the local name of its subcluster
 * @param steps what happened to it, oldest first; at most 64, of which the first are kept
 */
public record TracedMessage(Id id, String subcluster, List<TraceStep> steps) {

    public TracedMessage {
        steps = List.copyOf(steps);
    }
}
