// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.Id;

/** A packet's content. The array is not copied. */
record PacketBytes(Id id, byte[] bytes) {

    /** What stands for the id, as in {@link PacketRow#key()}. */
    long key() {
        return PacketRow.key(id.bytes());
    }
}
