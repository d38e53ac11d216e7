// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoreChange;
import java.util.List;
import java.util.Objects;

/** What a change must hold to, checked before it waits with others: one that is refused later costs its neighbours. */
final class ChangeCheck {

    /** The contract's figures. */
    private static final int KEY_CHARS_MAX = 512;

    private static final int VALUE_BYTES_MAX = 65_536;

    private ChangeCheck() {}

    /**
     * Returns when all changes can be made.
     *
     * @throws IllegalArgumentException when one cannot; the message says which and why
     * @throws NullPointerException when something is missing
     */
    static void check(List<StoreChange> changes) {
        changes.forEach(ChangeCheck::checkOne);
    }

    private static void checkOne(StoreChange change) {
        if (change instanceof StoreChange.PutPacket put) {
            Objects.requireNonNull(put.packet().id(), "a packet has an id");
            Objects.requireNonNull(put.packet().bytes(), "a packet has bytes");
        } else if (change instanceof StoreChange.PacketPassedOn passedOn) {
            Objects.requireNonNull(passedOn.id(), "a packet has an id");
        } else if (change instanceof StoreChange.PacketDelivered delivered) {
            Objects.requireNonNull(delivered.id(), "a packet has an id");
        } else if (change instanceof StoreChange.RemovePacket remove) {
            Objects.requireNonNull(remove.id(), "a packet has an id");
        } else if (change instanceof StoreChange.EvictPacket evict) {
            Objects.requireNonNull(evict.id(), "a packet has an id");
        } else if (change instanceof StoreChange.PutNote put) {
            checkNote(put);
        } else {
            checkOther(change);
        }
    }

    private static void checkOther(StoreChange change) {
        if (change instanceof StoreChange.PutConsumer put) {
            Objects.requireNonNull(put.consumer(), "a consumer has a name");
        } else if (change instanceof StoreChange.PutDelivery put) {
            Objects.requireNonNull(put.delivery().consumer(), "a consumer has a name");
            Objects.requireNonNull(put.delivery().bytes(), "a delivery has bytes");
            checkNumber(put.delivery().number());
        } else if (change instanceof StoreChange.RemoveDelivery remove) {
            Objects.requireNonNull(remove.consumer(), "a consumer has a name");
            checkNumber(remove.number());
        } else if (change instanceof StoreChange.RemoveNote remove) {
            checkKey(remove.key());
        } else if (change instanceof StoreChange.PutPeer put) {
            Objects.requireNonNull(put.peer(), "a peer is somebody");
        }
    }

    private static void checkNote(StoreChange.PutNote put) {
        checkKey(put.key());
        if (put.value().length > VALUE_BYTES_MAX) {
            throw new IllegalArgumentException("the note " + put.key() + " has " + put.value().length + " bytes; "
                    + VALUE_BYTES_MAX + " are allowed");
        }
    }

    private static void checkKey(String key) {
        if (key.isEmpty() || key.length() > KEY_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "a note's key has " + key.length() + " characters; 1 to " + KEY_CHARS_MAX + " are allowed");
        }
    }

    private static void checkNumber(long number) {
        if (number < 0 || number > DeliveryRow.NUMBER_MAX) {
            throw new IllegalArgumentException(
                    "a delivery has the number " + number + "; 0 to " + DeliveryRow.NUMBER_MAX + " are allowed");
        }
    }
}
