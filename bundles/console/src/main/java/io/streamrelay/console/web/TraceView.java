// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import io.streamrelay.api.Id;
import io.streamrelay.api.TraceStep;
import io.streamrelay.api.TracedMessage;
import java.util.List;

/**
 * A message's way through this node, without what is in it.
 *
 * @param id of its first packet, 64 hex digits
 * @param subcluster its local name
 * @param steps the oldest first
 */
record TraceView(String id, String subcluster, List<Step> steps) {

    /**
     * Something that happened to it.
     *
     * @param atMs when, in milliseconds since 1970
     * @param stage as {@code COMMITTED}
     * @param peer 64 hex digits, or null
     * @param detail such as a topic; may be empty
     */
    record Step(long atMs, String stage, String peer, String detail) {}

    static TraceView of(TracedMessage message) {
        return new TraceView(
                message.id().hex(),
                message.subcluster(),
                message.steps().stream().map(TraceView::step).toList());
    }

    private static Step step(TraceStep step) {
        return new Step(
                step.atMs(), step.stage().name(), step.peer().map(Id::hex).orElse(null), step.detail());
    }
}
