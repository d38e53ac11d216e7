// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The publications that a client has taken over from an earlier one: whoever publishes them again waits for those. */
final class Unfinished {

    private final Dispatches dispatches;
    private final Map<String, CompletableFuture<Void>> byName = new ConcurrentHashMap<>();

    Unfinished(Dispatches dispatches) {
        this.dispatches = dispatches;
    }

    /** A client goes on with what is kept under that key; {@code done} completes when the broker has it. */
    void resumes(String key, CompletableFuture<Void> done) {
        String name = dispatches.name(key);
        if (!name.isEmpty()) {
            byName.put(name, done);
        }
    }

    /** Whether the publication of that name is no new one. */
    boolean knows(String name) {
        return !name.isEmpty() && (byName.containsKey(name) || dispatches.isDone(name));
    }

    /** Nobody waits for anything of it any more. */
    void settled(String name) {
        dispatches.settled(name);
    }

    /** When the broker has the publication of that name, or null when it is a new one. */
    CompletionStage<Void> find(String name) {
        if (name.isEmpty()) {
            return null;
        }
        CompletableFuture<Void> resumed = byName.remove(name);
        boolean known = resumed == null && dispatches.isDone(name);
        return known ? CompletableFuture.completedFuture(null) : resumed;
    }
}
