// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Refusal;
import io.streamrelay.api.RefusedException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendGateTest {

    private TestParts parts;
    private SendGate gate;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        parts = new TestParts(folder);
        gate = new SendGate(parts.parts, 50);
    }

    @AfterEach
    void close() {
        parts.close();
    }

    @Test
    void refusesWhoeverFindsNoRoomForSoLong() {
        for (int i = 0; i < SendGate.MESSAGES_MAX; i++) {
            gate.enter(1);
        }
        assertEquals(Refusal.BUSY, refusal());
        assertEquals(1, parts.counter("refused.busy"));
        gate.leave(1);
        gate.enter(1);
    }

    @Test
    void refusesWhileListenersAreFarBehindButLetsThemEmitThemselves() throws Exception {
        for (int i = 0; i < Backlog.MESSAGES_MAX; i++) {
            parts.listening.enter();
        }
        assertEquals(Refusal.BUSY, refusal());
        CompletableFuture<Boolean> entered = new CompletableFuture<>();
        parts.dispatcher.event(() -> {
            gate.enter(1);
            entered.complete(true);
        });
        assertTrue(entered.get(10, TimeUnit.SECONDS));
    }

    @Test
    void letsNobodyInWhenItIsShut() throws Exception {
        gate.enter(1);
        gate.shut();
        assertEquals(Refusal.CLOSED, refusal());
        gate.leave(1);
        assertTrue(gate.awaitEmpty(0));
    }

    private Refusal refusal() {
        return assertThrows(RefusedException.class, () -> gate.enter(1)).reason();
    }
}
