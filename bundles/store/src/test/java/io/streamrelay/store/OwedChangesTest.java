// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.store.StoreChange.PutConsumer;
import io.streamrelay.api.store.StoreChange.RemoveNote;
import io.streamrelay.api.store.StoreChange.RemovePacket;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwedChangesTest {

    private final OwedChanges owed = new OwedChanges(2);

    @Test
    void forgetsTheOldestAtItsLimit() {
        for (int i = 1; i <= 3; i++) {
            owed.add(List.of(new RemovePacket(Samples.id(i))));
        }
        assertEquals(List.of(new RemovePacket(Samples.id(2)), new RemovePacket(Samples.id(3))), owed.first(10));
        assertEquals(2, owed.size());
    }

    @Test
    void owesNothingTwiceAndNothingNew() {
        owed.add(List.of(new RemoveNote("k"), new PutConsumer("mqtt"), new RemoveNote("k")));

        assertEquals(List.of(new RemoveNote("k")), owed.first(10));
    }
}
