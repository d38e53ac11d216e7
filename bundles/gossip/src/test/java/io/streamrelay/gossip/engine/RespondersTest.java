// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.NatType;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.packet.Pong;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RespondersTest {

    private static final Endpoint SEEN = Endpoint.of("30.0.0.1", 40_000);

    private final Turn turn = new Turn(
            EngineConfig.of(TestPackets.filled(99), TestPackets.CLUSTER, List.of()),
            RandomGeneratorFactory.of("L64X128MixRandom").create(1));
    private final PeerTable peers = new PeerTable();
    private final SelfView self = new SelfView(turn);
    private final Responders responders = new Responders(turn, peers, self);

    @BeforeEach
    void open() {
        at(1_000_000);
        self.opened(19777, List.of(Endpoint.parseAddress("192.168.1.9")));
    }

    private void at(long nowMs) {
        turn.begin(new Now(nowMs, 0));
    }

    private Peer connected(int number, Endpoint at, int natType, boolean kin) {
        Peer peer = new Peer(TestPackets.filled(number), Path.main(at), natType, kin, "00000000000f", 0);
        peers.add(peer);
        return peer;
    }

    private Peer serving(int number) {
        Peer peer = connected(number, Endpoint.of("20.0.0." + number, 19777), 31, true);
        reports(peer, SEEN);
        return peer;
    }

    private void reports(Peer peer, Endpoint seen) {
        Pong pong = Pong.builder(TestPackets.filled(99), peer.id())
                .address(seen.host())
                .port(seen.port())
                .build();
        self.reported(peer.path(), pong);
    }

    @Test
    void onePeerIsNoPair() {
        serving(1);
        assertNull(responders.next());
        serving(2);
        assertTrue(responders.next().probes());
    }

    @Test
    void twoPeersAtOneAddressAreNoPair() {
        serving(1);
        reports(connected(2, Endpoint.of("20.0.0.1", 30_000), 31, true), SEEN);
        assertNull(responders.next());
    }

    @Test
    void whoeverIsBehindOurNatSeesItFromInside() {
        serving(1);
        reports(connected(2, new Endpoint(SEEN.address(), 30_000), 31, true), SEEN);
        assertNull(responders.next());
    }

    @Test
    void whoeverWasReachedByAnotherSocketSeesAnotherMapping() {
        serving(1);
        Path pooled = new Path(SocketId.pooled(0), Endpoint.of("20.0.0.2", 19777));
        peers.add(new Peer(TestPackets.filled(2), pooled, 31, true, "00000000000f", 0));
        assertNull(responders.next());
    }

    @Test
    void onlyThoseServeProbesWhoseNatsLetStrangersIn() {
        serving(1);
        Peer other = connected(2, Endpoint.of("20.0.0.2", 19777), 7, true);
        assertNull(responders.next());
        other.natType(5);
        assertNull(responders.next());
        other.natType(0);
        assertNull(responders.next());
        other.natType(15);
        assertTrue(responders.next().probes());
    }

    @Test
    void aReferencePeerThatHasNotSaidItsTypeIsTried() {
        serving(1);
        connected(2, Endpoint.of("20.0.0.2", 19777), 0, false);
        assertTrue(responders.next().probes());
    }

    @Test
    void neighboursOnTheLanSayNothingAboutTheInternet() {
        serving(1);
        Peer neighbour = connected(2, Endpoint.of("192.168.1.8", 19777), 31, true);
        assertNull(responders.next());
        reports(neighbour, Endpoint.of("192.168.1.9", 19777));
        assertNull(responders.next());
    }

    @Test
    void theProbedOneStaysFirstAndTheOtherIsUnprobed() {
        Peer probed = serving(1);
        Peer other = serving(2);
        responders.probed(probed.endpoint());
        for (int i = 0; i < 20; i++) {
            assertSame(probed, responders.next().first());
            assertSame(other, responders.next().second());
        }
    }

    @Test
    void whoeverWasProbedMayBeSecondWhenTheNatHasForgotten() {
        Peer one = serving(1);
        Peer two = serving(2);
        responders.probed(one.endpoint());
        responders.probed(two.endpoint());
        assertNull(responders.next());
        at(1_000_000 + Timing.PROBE_FADES_MS - 1);
        assertNull(responders.next());
        at(1_000_000 + Timing.PROBE_FADES_MS);
        assertTrue(responders.next().probes());
    }

    @Test
    void whoeverOwedSomethingComesLastUntilItServes() {
        Peer silent = serving(1);
        serving(2);
        serving(3);
        responders.strike(silent.endpoint());
        for (int i = 0; i < 20; i++) {
            Responders.Pair pair = responders.next();
            assertNotEquals(silent, pair.first());
            assertNotEquals(silent, pair.second());
        }
        responders.served(silent.endpoint());
        assertTrue(isChosenSometimes(silent));
    }

    private boolean isChosenSometimes(Peer peer) {
        for (int i = 0; i < 50; i++) {
            Responders.Pair pair = responders.next();
            if (pair.first() == peer || pair.second() == peer) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aFullMemoryKeepsWhoWasProbed() {
        probe(Limits.RESPONDERS_MAX - 2);
        assertNull(responders.next());
    }

    @Test
    void anOverfullMemoryLetsGoOfTheOneThatWasProbedLongestAgo() {
        probe(Limits.RESPONDERS_MAX - 1);
        assertEquals(TestPackets.filled(1), responders.next().second().id());
    }

    /** Two peers, and so many other addresses after them. */
    private void probe(int others) {
        responders.probed(serving(1).endpoint());
        responders.probed(serving(2).endpoint());
        for (int i = 0; i < others; i++) {
            responders.probed(new Endpoint(0x0b000000 + i, 1));
        }
    }

    @Test
    void withoutProbesThoseArePairedWhoSeeDifferentPorts() {
        Peer one = connected(1, Endpoint.of("20.0.0.1", 19777), 7, true);
        Peer two = connected(2, Endpoint.of("20.0.0.2", 19777), 7, true);
        reports(one, SEEN);
        reports(two, SEEN);
        assertNull(responders.next());
        reports(two, new Endpoint(SEEN.address(), 40_001));
        assertFalse(responders.next().probes());
    }

    @Test
    void aSymmetricNatThatShowsOnePortIsLookedAtAgain() {
        Peer one = connected(1, Endpoint.of("20.0.0.1", 19777), 7, true);
        Peer two = connected(2, Endpoint.of("20.0.0.2", 19777), 7, true);
        reports(one, SEEN);
        reports(two, SEEN);
        self.measured(NatType.ENDPOINT_RESTRICTED);
        assertFalse(responders.next().probes());
    }
}
