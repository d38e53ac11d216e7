// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class PacketTypeTest {

    @Test
    void hasTheProtocolsNumbers() {
        for (PacketType type : PacketType.values()) {
            assertEquals(type.ordinal() + 1, type.wire());
            assertEquals(type, PacketType.ofWire(type.wire()));
        }
    }

    @Test
    void knowsNoOtherNumber() {
        for (int wire : new int[] {Integer.MIN_VALUE, -1, 0, 9, Integer.MAX_VALUE}) {
            assertNull(PacketType.ofWire(wire));
        }
    }
}
