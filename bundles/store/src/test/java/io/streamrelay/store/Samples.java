// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoredDelivery;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.api.store.StoredPeer;
import java.nio.ByteBuffer;

/** Entries to store, numbered. */
final class Samples {

    private Samples() {}

    static Id id(int number) {
        return Id.of(ByteBuffer.allocate(Id.BYTES).putInt(number).array());
    }

    /** A packet of 100 bytes, own when the number is even. */
    static StoredPacket packet(int number) {
        return StoredPacket.fresh(id(number), new byte[100], number % 2 == 0, number, 1_000_000L + number);
    }

    /** The first eight bytes of an id. */
    static long key(int number) {
        return (long) number << Integer.SIZE;
    }

    /** A delivery of 10 bytes. */
    static StoredDelivery delivery(String consumer, long number) {
        return new StoredDelivery(consumer, number, new byte[10], 0);
    }

    static StoredPeer peer(int number) {
        return new StoredPeer(id(number), new Endpoint(0x0a000000 + number, 19_777));
    }
}
