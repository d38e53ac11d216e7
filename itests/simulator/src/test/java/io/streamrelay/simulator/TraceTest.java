// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.streamrelay.api.transport.SocketId;
import org.junit.jupiter.api.Test;

class TraceTest {

    private final TestWorld world = new TestWorld();

    private long hash(byte... contents) {
        Trace trace = new Trace(new VirtualTime());
        for (byte content : contents) {
            trace.sent(world.sender, SocketId.MAIN, world.receiver.endpoint(), new byte[] {content});
        }
        assertEquals(contents.length, trace.events());
        return trace.hash();
    }

    @Test
    void dependsOnContentAndOrder() {
        assertEquals(hash((byte) 1, (byte) 2), hash((byte) 1, (byte) 2));
        assertNotEquals(hash((byte) 1, (byte) 2), hash((byte) 2, (byte) 1));
        assertNotEquals(hash((byte) 1, (byte) 2), hash((byte) 1, (byte) 3));
    }
}
