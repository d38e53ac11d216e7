// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoreChange;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Changes that belong together, and who waits for them. */
record Commit(List<StoreChange> changes, CompletableFuture<Void> done) {

    static Commit of(List<StoreChange> changes) {
        return new Commit(List.copyOf(changes), new CompletableFuture<>());
    }

    /** Tells who waits. */
    void settle(Optional<Exception> failure) {
        failure.ifPresentOrElse(done::completeExceptionally, () -> done.complete(null));
    }
}
