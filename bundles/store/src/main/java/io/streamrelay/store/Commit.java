// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoreChange;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Changes that belong together, and who waits for them.
 *
 * @param isUrgent false when nothing but others' packets comes and goes: nobody waits for that but with the next message
 */
record Commit(List<StoreChange> changes, boolean isUrgent, CompletableFuture<Void> done) {

    static Commit of(List<StoreChange> changes) {
        return new Commit(
                List.copyOf(changes),
                changes.isEmpty() || !changes.stream().allMatch(Commit::isOfOthers),
                new CompletableFuture<>());
    }

    private static boolean isOfOthers(StoreChange change) {
        return change instanceof StoreChange.PutPacket put && !put.packet().own()
                || change instanceof StoreChange.PacketPassedOn
                || change instanceof StoreChange.RemovePacket
                || change instanceof StoreChange.EvictPacket;
    }

    /** Tells who waits. */
    void settle(Optional<Exception> failure) {
        failure.ifPresentOrElse(done::completeExceptionally, () -> done.complete(null));
    }
}
