// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.store.NothingWrittenException;
import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Event;
import java.util.ArrayList;
import java.util.List;

/** Gathers what the engine wants kept, hands it to the store, and tells the engine what became of it. */
final class Committer {

    private final PacketStore store;
    private final EventQueue queue;
    private List<StoreChange> changes = new ArrayList<>();
    private List<Long> tokens = new ArrayList<>();

    Committer(PacketStore store, EventQueue queue) {
        this.store = store;
        this.queue = queue;
    }

    void add(Action.Persist persist) {
        changes.addAll(persist.changes());
        if (persist.token() != 0) {
            tokens.add(persist.token());
        }
    }

    /** Hands over what was gathered. Waits for a bounded time when the store is busy. */
    void flush() {
        if (changes.isEmpty() && tokens.isEmpty()) {
            return;
        }
        List<Long> waiting = tokens;
        store.commit(changes)
                .whenComplete((nothing, failure) -> waiting.forEach(token -> {
                    queue.fact(
                            failure == null
                                    ? new Event.Committed(token)
                                    : new Event.CommitFailed(
                                            token, failure.toString(), failure instanceof NothingWrittenException));
                }));
        changes = new ArrayList<>();
        tokens = new ArrayList<>();
    }
}
