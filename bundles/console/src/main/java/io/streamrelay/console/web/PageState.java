// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import io.streamrelay.api.StreamRelay;
import io.streamrelay.console.view.DropView;
import io.streamrelay.console.view.LogEntry;
import io.streamrelay.console.view.Snapshot;
import java.util.List;

/**
 * All that the page shows at a moment. Nothing in it is secret but the token, which is worth nothing without the login.
 *
 * @param token what a request that changes something has to repeat
 * @param snapshot the gateway
 * @param events changes of state, the latest first
 * @param drops what was dropped, the latest first
 * @param messages those that went through this node and that it can read, the latest first, without what is in them
 */
record PageState(
        String token, Snapshot snapshot, List<LogEntry> events, List<DropView> drops, List<TraceView> messages) {

    /** A guess: what fits a screen. */
    static final int MESSAGES_MAX = 20;

    static PageState of(Gateway gateway, String token) {
        return new PageState(
                token,
                gateway.latest(),
                gateway.events(),
                gateway.drops(),
                gateway.relay().map(PageState::messages).orElse(List.of()));
    }

    private static List<TraceView> messages(StreamRelay relay) {
        try {
            return relay.traces().stream()
                    .limit(MESSAGES_MAX)
                    .map(TraceView::of)
                    .toList();
        } catch (IllegalStateException e) {
            // It was closed while it was asked: the next picture shows that.
            return List.of();
        }
    }
}
