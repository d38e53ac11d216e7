// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.Id;
import java.util.SplittableRandom;

/** A packet's content. The array is not copied. */
record PacketBytes(Id id, byte[] bytes) {

    /** Of no packet, and of no use but for its size. It does not compress. */
    static PacketBytes filler(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        return new PacketBytes(Id.of(new byte[Id.BYTES]), bytes);
    }

    /** What stands for the id, as in {@link PacketRow#key()}. */
    long key() {
        return PacketRow.key(id.bytes());
    }
}
