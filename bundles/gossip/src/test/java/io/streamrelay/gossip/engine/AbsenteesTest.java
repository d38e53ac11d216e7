// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.AbsentPeer;
import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.transport.SocketId;
import java.util.List;
import org.junit.jupiter.api.Test;

class AbsenteesTest {

    private static final Endpoint AT = Endpoint.of("192.0.2.1", 19777);

    private final Absentees absentees = new Absentees();

    private static Peer peer(int number, long heardMs) {
        return new Peer(Id.ofHex("%064x".formatted(number)), new Path(SocketId.MAIN, AT), 0, true, "", heardMs);
    }

    @Test
    void tellsHowLongAPeerHasBeenSilentAndWhereItWas() {
        Peer peer = peer(1, 1_000);
        absentees.went(peer, 5_000);
        assertEquals(List.of(new AbsentPeer(peer.id(), AT, 59_000)), absentees.asOf(60_000));
    }

    @Test
    void forgetsWhoIsBack() {
        Peer peer = peer(1, 1_000);
        absentees.went(peer, 5_000);
        absentees.came(peer.id());
        assertEquals(List.of(), absentees.asOf(60_000));
    }

    @Test
    void keepsTheLastLostWhenThereAreTooMany() {
        for (int i = 0; i <= Limits.ABSENTEES_MAX; i++) {
            absentees.went(peer(i, i), i);
        }
        List<AbsentPeer> absent = absentees.asOf(1_000);
        assertEquals(Limits.ABSENTEES_MAX, absent.size());
        assertEquals(peer(Limits.ABSENTEES_MAX, 0).id(), absent.get(0).id());
        assertEquals(peer(1, 0).id(), absent.get(absent.size() - 1).id());
    }
}
