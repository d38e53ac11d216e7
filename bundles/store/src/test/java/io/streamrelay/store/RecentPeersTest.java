// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecentPeersTest {

    private final RecentPeers peers = new RecentPeers();

    @Test
    void putsAPeerThatIsHeardAgainFirst() {
        peers.heard(Samples.peer(1));
        peers.heard(Samples.peer(2));
        peers.heard(Samples.peer(1));

        assertEquals(List.of(Samples.peer(1), Samples.peer(2)), peers.mostRecentFirst());
    }

    @Test
    void letsTheOldestGoAtItsLimit() {
        for (int i = 0; i <= RecentPeers.MAX_PEERS; i++) {
            peers.heard(Samples.peer(i));
        }

        assertEquals(RecentPeers.MAX_PEERS, peers.size());
        assertEquals(Samples.peer(1), peers.mostRecentFirst().get(RecentPeers.MAX_PEERS - 1));
    }
}
