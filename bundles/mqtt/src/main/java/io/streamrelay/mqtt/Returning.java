// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Message;
import io.streamrelay.mqtt.broker.Fingerprint;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Which of a bridge's publications a broker sends back to it with nothing to tell them by, and when they are back. */
final class Returning {

    private final BridgeContext context;
    /** By name: what an earlier process has published. */
    private final Map<String, CompletableFuture<Void>> publishedBefore = new HashMap<>();

    Returning(BridgeContext context) {
        this.context = context;
    }

    /** Whether it comes back so. */
    boolean isOne(Message publication) {
        return !context.version().carriesProperties()
                && !context.routes().out(publication.topic()).isEmpty();
    }

    /**
     * Whether it must not be taken for another message even after a crash. As long as it is not back its delivery is not
     * acknowledged, and so is remembered.
     */
    boolean isAwaited(Message publication) {
        return publication.qos() == 2 && isOne(publication);
    }

    /** Completes when it is back and dealt with, or is not waited for any more. */
    CompletableFuture<Void> of(Message publication, String name) {
        CompletableFuture<Void> expected = publishedBefore.remove(name);
        return expected == null ? expect(publication) : expected;
    }

    /** It may be back before it is its turn to be published, which is when it is seen that it need not be. */
    void publishedBefore(Message publication, String name) {
        publishedBefore.computeIfAbsent(name, fresh -> expect(publication));
    }

    private CompletableFuture<Void> expect(Message publication) {
        CompletableFuture<Void> back = new CompletableFuture<>();
        Fingerprint fingerprint = Fingerprint.of(publication.topic(), publication.payload());
        context.unmarked().own().add(fingerprint, context.nowMs(), () -> back.complete(null));
        return back;
    }
}
