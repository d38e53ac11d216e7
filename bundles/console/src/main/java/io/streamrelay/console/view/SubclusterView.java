// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

import java.util.List;

/**
 * A subcluster that the node takes part in.
 *
 * @param name its local name
 * @param id 64 hex digits
 * @param members the ids of members that are connected
 * @param sent messages that this node has sent since it was opened
 * @param received messages of other members that came in since then
 * @param sentPerSecond messages a second, over the last seconds
 * @param receivedPerSecond messages a second, over the last seconds
 * @param quietMs how long nothing was sent or received, -1 when nothing ever was
 * @param backlogMessages own messages that nobody else is known to hold
 * @param backlogBytes their packets, in bytes
 * @param backlogOldestMs how long the oldest has waited
 * @param missingEnvelopes envelopes of others that are waited for no longer
 * @param formerKeys former keys that still open messages
 */
public record SubclusterView(
        String name,
        String id,
        List<String> members,
        long sent,
        long received,
        double sentPerSecond,
        double receivedPerSecond,
        long quietMs,
        long backlogMessages,
        long backlogBytes,
        long backlogOldestMs,
        long missingEnvelopes,
        int formerKeys) {}
