// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import java.nio.charset.StandardCharsets;

/** Makes syncs of their bodies, and tells kin in them whether it is to send what it finds lacking here. */
final class SyncSender {

    /** In usr3 of a sync between kin: another sends what lacks here; it is told to find what lacks there. */
    static final byte[] SUPPLIED = {'1'};

    private static final int NONCE_BYTES = 8;

    private final Turn turn;
    private final CatchUp catchUp;

    SyncSender(Turn turn, CatchUp catchUp) {
        this.turn = turn;
        this.catchUp = catchUp;
    }

    /** Asks for what lacks here, unless another sends that. */
    void send(Peer peer, byte[] body) {
        if (catchUp.mayTakeFrom(peer)) {
            catchUp.takesFrom(peer);
            send(peer, body, null);
        } else {
            send(peer, body, SUPPLIED);
        }
    }

    /** @param mark what is said besides, in usr3, or null */
    void send(Peer peer, byte[] body, byte[] mark) {
        // usr4 is the reference's "since"; it is a hint only (D5).
        long since = Math.max(0, turn.wallMs() - Timing.CACHE_TTL_MS);
        Packet.Builder packet = Packet.builder(PacketType.SYNC)
                .set(Field.USR4, Long.toString(since).getBytes(StandardCharsets.US_ASCII))
                .message(body);
        if (!peer.kin()) {
            // Or its packet id, which the reference ignores for a tick, would be that of the same summary before.
            byte[] nonce = new byte[NONCE_BYTES];
            turn.random().nextBytes(nonce);
            packet.set(Field.NEXT, nonce);
        }
        if (mark != null) {
            packet.set(Field.USR3, mark);
        }
        turn.send(peer.path(), packet.build().bytes());
    }
}
