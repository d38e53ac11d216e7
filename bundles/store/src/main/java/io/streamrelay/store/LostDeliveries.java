// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoreChange;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the log tells of messages that wait for consumers, for a database that was damaged and has lost some: those that
 * were put and not removed. Their packets say that they were delivered, and nobody would send them again.
 *
 * <p>It is to be shown no segment that one is missing behind: that may have told of removals.
 */
final class LostDeliveries implements LogSegments.Visitor {

    private record Place(String consumer, long number) {}

    private final Set<Place> waiting = new HashSet<>();

    @Override
    public void frame(LogFrame frame) {
        for (StoreChange change : frame.entry().changes()) {
            if (change instanceof StoreChange.PutDelivery put) {
                waiting.add(place(put));
            } else if (change instanceof StoreChange.RemoveDelivery remove) {
                waiting.remove(new Place(remove.consumer(), remove.number()));
            }
        }
    }

    private static Place place(StoreChange.PutDelivery put) {
        return new Place(put.delivery().consumer(), put.delivery().number());
    }

    /** Of an entry what puts one of them; they are not kept here, for there may be more than there is memory. */
    LoggedEntry of(LoggedEntry logged) {
        List<StoreChange> puts = logged.entry().changes().stream()
                .filter(change -> change instanceof StoreChange.PutDelivery put && waiting.contains(place(put)))
                .toList();
        return logged.with(puts);
    }
}
