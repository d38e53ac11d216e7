// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoreChange;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Changes that belong together, how long they may wait for others, and who waits for them. */
record Commit(List<StoreChange> changes, Haste haste, CompletableFuture<Void> done) {

    /** How soon a commit is to be on the disk. */
    enum Haste {
        /** Somebody waits for it. */
        URGENT,
        /** Nothing but others' packets: nobody waits for that but with the next message. */
        SOON,
        /** Nothing but what became of packets: when it is lost a packet is offered once more. */
        AT_LEISURE
    }

    static Commit of(List<StoreChange> changes) {
        return new Commit(List.copyOf(changes), haste(changes), new CompletableFuture<>());
    }

    private static Haste haste(List<StoreChange> changes) {
        Haste haste = changes.isEmpty() ? Haste.URGENT : Haste.AT_LEISURE;
        for (StoreChange change : changes) {
            Haste own = haste(change);
            haste = own.compareTo(haste) < 0 ? own : haste;
        }
        return haste;
    }

    private static Haste haste(StoreChange change) {
        if (change instanceof StoreChange.PutPacket put) {
            return put.packet().own() ? Haste.URGENT : Haste.SOON;
        }
        boolean atLeisure = change instanceof StoreChange.PacketPassedOn
                || change instanceof StoreChange.RemovePacket
                || change instanceof StoreChange.EvictPacket;
        return atLeisure ? Haste.AT_LEISURE : Haste.URGENT;
    }

    /** Tells who waits. */
    void settle(Optional<Exception> failure) {
        failure.ifPresentOrElse(done::completeExceptionally, () -> done.complete(null));
    }
}
