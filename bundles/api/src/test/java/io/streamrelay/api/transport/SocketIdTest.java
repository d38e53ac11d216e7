// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SocketIdTest {

    @Test
    void onlyThePoolIsPooled() {
        assertFalse(SocketId.MAIN.isPooled());
        assertFalse(SocketId.PROBE.isPooled());
        assertTrue(SocketId.pooled(0).isPooled());
    }

    @Test
    void endsWithThePool() {
        SocketId last = SocketId.pooled(SocketId.POOL_MAX - 1);

        assertTrue(last.isPooled());
        assertThrows(IllegalArgumentException.class, () -> new SocketId(last.number() + 1));
        assertThrows(IllegalArgumentException.class, () -> new SocketId(-1));
    }

    @Test
    void isNamedForWhatItIs() {
        assertEquals("MAIN", SocketId.MAIN.toString());
        assertEquals("PROBE", SocketId.PROBE.toString());
        assertEquals("POOLED-3", SocketId.pooled(3).toString());
    }
}
