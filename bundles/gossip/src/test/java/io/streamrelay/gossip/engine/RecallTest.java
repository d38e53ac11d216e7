// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.api.PeerInfo;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Pulse;
import io.streamrelay.gossip.packet.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Kin that comes back to who remembers it. */
class RecallTest {

    private static final long SETTLED_MS = Timing.TELLING_MS + 60_000;

    /** Longer than kin is waited for, and than packets that wait for it make it looked for often. */
    private static final long APART_MS = 240_000;

    private static final Id ANOTHER = TestPackets.filled(99);

    private final TestMesh mesh = new TestMesh();
    private final TestMesh.Node first = mesh.subscribed(1);
    private final TestMesh.Node second = mesh.subscribed(2, first);
    private final List<Action.Send> seen = new ArrayList<>();

    private void part() {
        mesh.run(SETTLED_MS);
        mesh.passes = (from, send) -> false;
        mesh.run(APART_MS);
        assertFalse(first.knows(second) || second.knows(first));
    }

    /** Until both know each other. */
    private void meet() {
        mesh.passes = (from, send) -> seen.add(send);
        for (long endMs = mesh.nowMs + 11_000; mesh.nowMs < endMs && !(first.knows(second) && second.knows(first)); ) {
            mesh.run(5);
        }
        assertTrue(first.knows(second) && second.knows(first));
    }

    private long whole() {
        return seen.stream()
                .filter(send -> Pulse.of(send.bytes()) == null && Receipt.of(send.bytes()) == null)
                .count();
    }

    private static long recalls(TestMesh.Node node) {
        return node.observations.stream()
                .filter(seen -> seen instanceof Observation.Counted counted
                        && counted.counter().equals("peer-recalled"))
                .count();
    }

    private Optional<PeerInfo> member(TestMesh.Node node, Id subcluster) {
        return node.engine.peers(mesh.nowMs).stream()
                .filter(peer -> peer.subclusters().contains(subcluster))
                .findAny();
    }

    /** What node 1 sends another node that asks, at an address. */
    private List<Pulse> answersTo(Endpoint asker, Pulse pulse) {
        List<Pulse> answers = new ArrayList<>();
        mesh.passes = (from, send) -> {
            if (from == first && send.to().equals(asker)) {
                answers.add(Pulse.of(send.bytes()));
            }
            return true;
        };
        mesh.inject(asker, first, pulse.encode());
        mesh.run(0);
        return answers;
    }

    @Test
    void whoBothRememberIsAPeerAgainAfterAFewPulses() {
        part();
        meet();
        assertEquals(1, recalls(first));
        assertEquals(1, recalls(second));
        // A ping goes with one attempt in sixteen.
        assertTrue(whole() <= 2, whole() + " whole packets");
        assertTrue(member(first, TestPackets.SUBCLUSTER).isPresent());
        assertTrue(member(second, TestPackets.SUBCLUSTER).isPresent());
    }

    @Test
    void whatOneWritesThenComes() {
        part();
        first.publish(1, TestPackets.sealed(1, 200));
        meet();
        mesh.run(1_000);
        assertEquals(1, second.delivered.size());
    }

    /** Two behind one NAT may swap their ports: their pulses do not say who they are. */
    @Test
    void pulsesOfAnotherDoNotTakeAPeersPlace() {
        mesh.run(SETTLED_MS);
        String another = "0123456789ab";
        mesh.inject(
                second.endpoint, first, Pulse.ask(another, new byte[Id.BYTES]).encode());
        mesh.passes = (from, send) -> false;
        mesh.run(APART_MS);
        List<Pulse> answers = answersTo(second.endpoint, Pulse.back(another));
        assertEquals(
                List.of(Pulse.Kind.STRANGER), answers.stream().map(Pulse::kind).toList());
    }

    @Test
    void whoTakesPartInLessIsMetAnew() {
        second.give(new Event.Subscribe(ANOTHER));
        mesh.run(SETTLED_MS);
        assertTrue(member(first, ANOTHER).isPresent());
        second.give(new Event.Unsubscribe(ANOTHER));
        mesh.run(SETTLED_MS);
        mesh.passes = (from, send) -> false;
        mesh.run(APART_MS);
        meet();
        assertEquals(0, recalls(first));
        assertFalse(member(first, ANOTHER).isPresent());
    }

    @Test
    void whoHasStartedAgainIsMetAsAStranger() {
        part();
        mesh.stop(second);
        TestMesh.Node anew = mesh.subscribed(2);
        mesh.passes = (from, send) -> true;
        mesh.run(11_000);
        assertTrue(first.knows(anew) && anew.knows(first));
        assertEquals(0, recalls(first) + recalls(anew));
    }

    @Test
    void whoHasSomethingNewToSayOfItselfSaysIt() {
        part();
        second.give(new Event.Subscribe(ANOTHER));
        meet();
        mesh.run(5_000);
        assertEquals(0, recalls(first) + recalls(second));
        assertTrue(member(first, ANOTHER).isPresent());
    }

    @Test
    void whatWasNewAndNotToldWhenTheLineWentIsTold() {
        mesh.run(SETTLED_MS);
        mesh.passes = (from, send) -> false;
        second.give(new Event.Subscribe(ANOTHER));
        mesh.run(APART_MS);
        meet();
        mesh.run(5_000);
        assertTrue(member(first, ANOTHER).isPresent());
    }

    @Test
    void whoIsAPeerStillToTheOtherIsOneAgain() {
        mesh.run(SETTLED_MS);
        mesh.passes = (from, send) -> from == first;
        // The second one hears the first.
        mesh.run(60_000);
        assertTrue(second.knows(first) && !first.knows(second));
        meet();
        assertEquals(1, recalls(first));
        assertEquals(0, recalls(second));
    }

    @Test
    void whoHasTakenOverAnAddressIsNotTakenForThePeer() {
        part();
        mesh.stop(second);
        mesh.scripts.put(second.endpoint, (from, bytes) -> {
            Pulse pulse = Pulse.of(bytes);
            if (pulse != null && pulse.kind() == Pulse.Kind.BACK) {
                mesh.inject(second.endpoint, first, pulse.again("0123456789ab").encode());
            }
        });
        mesh.passes = (from, send) -> true;
        mesh.run(30_000);
        assertFalse(first.knows(second));
        assertTrue(first.drops(DropReason.UNSOLICITED_PONG) >= 2);
    }

    @Test
    void whoAsksWithAnotherPingIdIsAStranger() {
        part();
        List<Pulse> answers = answersTo(second.endpoint, Pulse.back("0123456789ab"));
        assertEquals(
                List.of(Pulse.Kind.STRANGER), answers.stream().map(Pulse::kind).toList());
        assertNull(answers.get(0).ownPingId());
    }

    /** What node 2 asks node 1 for while nothing comes through. */
    private Pulse askedWhileApart() {
        mesh.run(SETTLED_MS);
        List<Pulse> asked = new ArrayList<>();
        mesh.passes = (from, send) -> {
            Pulse pulse = Pulse.of(send.bytes());
            if (from == second && pulse != null && pulse.kind() == Pulse.Kind.BACK) {
                asked.add(pulse);
            }
            return false;
        };
        mesh.run(APART_MS);
        return asked.get(0);
    }

    @Test
    void whoAsksFromElsewhereIsAStranger() {
        List<Pulse> answers = answersTo(Endpoint.of("20.9.9.9", 9_999), askedWhileApart());
        assertEquals(
                List.of(Pulse.Kind.STRANGER), answers.stream().map(Pulse::kind).toList());
    }

    /** In less time than each may stay. */
    private void fill(TestMesh.Node node) {
        for (int number = 0; number < Limits.PEERS_MAX; number++) {
            new ScriptedPeer(mesh, 1_000 + number, NatType.UNRESTRICTED, false).ping(node);
            mesh.run(number % 8 == 7 ? 100 : 0);
        }
        assertEquals(Limits.PEERS_MAX, EngineTable.PEERS.size(node.engine));
    }

    /** It is looked for still, and is to try elsewhere. */
    @Test
    void whoIsBackWhereThereIsNoRoomIsTold() {
        Pulse asked = askedWhileApart();
        mesh.passes = (from, send) -> !send.to().equals(second.endpoint);
        fill(first);
        List<Pulse> answers = answersTo(second.endpoint, asked);
        assertEquals(
                List.of(Pulse.Kind.STRANGER), answers.stream().map(Pulse::kind).toList());
        assertTrue(first.drops(DropReason.TABLE_FULL) > 0);
        assertFalse(first.knows(second));
    }

    /** Of those that have gone before, and are asked for once a minute, one makes room. */
    @Test
    void whoHasGoneJustNowIsLookedForThoughManyHaveGoneBefore() {
        List<TestMesh.Node> others = new ArrayList<>();
        for (int number = 3; number < 40; number++) {
            others.add(mesh.subscribed(number, first));
        }
        mesh.run(SETTLED_MS);
        for (int group = 0; group < 25; group += 5) {
            others.subList(group, group + 5).forEach(mesh::stop);
            mesh.run(APART_MS);
        }
        TestMesh.Node last = others.get(35);
        assertTrue(first.knows(last));
        mesh.passes = (from, send) -> {
            Pulse pulse = Pulse.of(send.bytes());
            if (from == first && send.to().equals(last.endpoint) && pulse != null && pulse.kind() == Pulse.Kind.BACK) {
                seen.add(send);
            }
            return from != last && !send.to().equals(last.endpoint);
        };
        mesh.run(60_000);
        assertFalse(first.knows(last));
        assertFalse(seen.isEmpty());
    }

    /** 45 bytes with the headers of IP and UDP, ever more rarely, and a ping of some 550 in one of sixteen attempts. */
    @Test
    void lookingForWhoIsGoneCostsLittle() {
        part();
        mesh.stop(second);
        long beforeBytes = mesh.sentBytes;
        mesh.run(600_000);
        long bytes = mesh.sentBytes - beforeBytes;
        assertTrue(bytes <= 3_500, bytes + " bytes in ten minutes");
    }
}
