// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.NatType;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Pulse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Heartbeats between kin that has nothing to tell. */
class PulseExchangeTest {

    private static final long SETTLED_MS = Timing.TELLING_MS + 60_000;
    private static final long HEARTBEAT_MS = 12_000;

    private final TestMesh mesh = new TestMesh();
    private final TestMesh.Node first = mesh.subscribed(1);
    private final TestMesh.Node second = mesh.subscribed(2, first);
    private final List<Action.Send> seen = new ArrayList<>();

    private void watch() {
        mesh.passes = (from, send) -> seen.add(send);
    }

    private long pulses() {
        return seen.stream().filter(send -> Pulse.of(send.bytes()) != null).count();
    }

    private static byte[] pulse(String pingId) {
        return Pulse.ask(pingId, new byte[20]).encode();
    }

    @Test
    void theyAreAllThatTwoSettledNodesSend() {
        mesh.run(SETTLED_MS);
        watch();
        mesh.run(20 * HEARTBEAT_MS);
        long whole = seen.size() - pulses();
        assertTrue(pulses() >= 28, pulses() + " pulses");
        assertTrue(whole <= 14, whole + " packets");
        assertTrue(first.knows(second) && second.knows(first));
    }

    @Test
    void theyShowWhatGotLost() {
        mesh.run(SETTLED_MS);
        mesh.passes = (from, send) -> send.bytes().length < 40;
        first.publish(1, TestPackets.sealed(1, 200));
        // Past the checks that follow a publication.
        mesh.run(15_000);
        assertEquals(0, second.delivered.size());
        mesh.passes = (from, send) -> true;
        mesh.run(2 * HEARTBEAT_MS);
        assertEquals(1, second.delivered.size());
    }

    @Test
    void whoHasForgottenAPeerSaysSoAndIsMetAgain() {
        mesh.run(SETTLED_MS);
        mesh.stop(second);
        TestMesh.Node reborn = mesh.start(2);
        mesh.run(3 * HEARTBEAT_MS);
        assertTrue(first.knows(reborn) && reborn.knows(first));
    }

    @Test
    void whoIsSilentGoesAsBefore() {
        mesh.run(SETTLED_MS);
        mesh.stop(second);
        mesh.run(5 * HEARTBEAT_MS);
        assertFalse(first.knows(second));
    }

    @Test
    void aNewSubscriptionIsToldInFull() {
        TestMesh mesh = new TestMesh();
        TestMesh.Node member = mesh.subscribed(1);
        TestMesh.Node late = mesh.start(2, member);
        mesh.run(SETTLED_MS);
        // The announcements themselves get lost.
        mesh.passes = (from, send) -> from != late;
        late.give(new Event.Subscribe(TestPackets.SUBCLUSTER));
        mesh.passes = (from, send) -> true;
        mesh.run(Timing.TELLING_MS);
        assertTrue(member.engine.peers(mesh.nowMs).stream()
                .anyMatch(peer -> peer.subclusters().contains(TestPackets.SUBCLUSTER)));
    }

    @Test
    void aReferencePeerIsSentNone() {
        ScriptedPeer reference = new ScriptedPeer(mesh, 3, NatType.UNRESTRICTED, false).connectTo(first);
        reference.punches.clear();
        mesh.run(SETTLED_MS + 10 * HEARTBEAT_MS);
        assertTrue(reference.received(PacketType.PING).size() > 10);
        assertEquals(List.of(), reference.pulses);
        assertEquals(List.of(), reference.punches);
    }

    @Test
    void strangersGetLessThanTheySent() {
        mesh.run(1_000);
        Endpoint stranger = Endpoint.of("20.9.9.9", 9_999);
        watch();
        mesh.inject(stranger, first, pulse("0123456789ab"));
        mesh.run(5);
        List<Action.Send> back =
                seen.stream().filter(send -> send.to().equals(stranger)).toList();
        assertEquals(1, back.size());
        assertTrue(back.get(0).bytes().length < pulse("0123456789ab").length);
        assertEquals(Pulse.Kind.STRANGER, Pulse.of(back.get(0).bytes()).kind());
    }

    @Test
    void anAnswerThatNobodyAskedForIsDropped() {
        mesh.run(1_000);
        Pulse forged = Pulse.of(pulse("0123456789ab"));
        mesh.inject(second.endpoint, first, forged.strangersAnswer().encode());
        mesh.inject(
                Endpoint.of("20.9.9.9", 9_999), first, forged.strangersAnswer().encode());
        mesh.run(5);
        assertEquals(2, first.drops(DropReason.UNSOLICITED_PONG));
    }
}
