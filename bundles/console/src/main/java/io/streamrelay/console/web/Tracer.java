// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import io.streamrelay.api.Id;
import io.streamrelay.api.TracedMessage;
import java.io.IOException;
import java.util.Optional;

/** Tells a message's way through this node. */
final class Tracer implements Handler {

    private final Gateway gateway;

    Tracer(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        try {
            exchange.json(200, trace(exchange.request().getParameter("id")));
        } catch (RefusedRequest e) {
            exchange.json(e.status(), e.body());
        }
    }

    private TraceView trace(String hex) throws RefusedRequest {
        Id id = id(hex);
        try {
            Optional<TracedMessage> found = gateway.relay().flatMap(relay -> relay.trace(id));
            return found.map(TraceView::of)
                    .orElseThrow(() -> new RefusedRequest(404, "nothing is known of this message, or nothing more"));
        } catch (IllegalStateException e) {
            throw new RefusedRequest(503, "the node has just been closed");
        }
    }

    private static Id id(String hex) throws RefusedRequest {
        if (hex == null) {
            throw new RefusedRequest(400, "id: it must be set");
        }
        try {
            return Id.ofHex(hex);
        } catch (IllegalArgumentException e) {
            throw new RefusedRequest(400, "id: " + e.getMessage());
        }
    }
}
