// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** Two nodes that tell each other of publications what the other does not know. */
class ShortFormMeshTest {

    private static final int SEALED_BYTES = 300;

    private static final int LARGE_BYTES = 5_000;
    private static final int LARGE_PACKETS = 6;

    /** So many of them leave before an answer can be here. */
    private static final int LARGE_AT_ONCE = 5;

    /** What a small packet has around its sealed body: in full, and where all has a name. */
    private static final int AROUND = 202;

    private static final int AROUND_NAMED = 30;

    /** The same of a packet of a large message, but the last: where all is told in full, with names. */
    private static final int AROUND_PART = 239;

    private static final int AROUND_PART_NAMED = 99;

    /** After so many small ones it is seen that nothing gets lost. */
    private static final int MANY = 50;

    /** What an id has more than its name. */
    private static final int SAVED = 32;

    private final TestMesh mesh = new TestMesh();
    private final TestMesh.Node sender = mesh.subscribed(1);
    private TestMesh.Node receiver = mesh.subscribed(2, sender);
    private final List<Integer> sent = new ArrayList<>();
    private int lost;
    private int published;

    ShortFormMeshTest() {
        mesh.run(1_000);
        mesh.passes = (from, send) -> {
            if (from != sender
                    || !(TestMesh.read(send.bytes()) instanceof Packet packet)
                    || packet.type() != PacketType.PUBLISH) {
                return true;
            }
            sent.add(send.bytes().length - packet.length(Field.MESSAGE));
            return lost-- <= 0;
        };
    }

    private void publish() {
        published++;
        sender.publish(published, TestPackets.sealed(published, SEALED_BYTES));
    }

    private void publishLarge() {
        published++;
        sender.publish(published, TestPackets.sealed(published, LARGE_BYTES));
    }

    @Test
    void saysByNameWhatHasCome() {
        publish();
        mesh.run(100);
        publish();
        mesh.run(100);
        assertTrue(sent.get(0) < AROUND);
        assertEquals(AROUND_NAMED, sent.get(1));
        assertEquals(2, receiver.delivered.size());
    }

    /** The head and the first part of a large message tell its id, before a receipt can be here. */
    @Test
    void presumesThatATwiceToldValueHasCome() {
        publish();
        mesh.run(100);
        publishLarge();
        mesh.run(100);
        assertEquals(AROUND_PART_NAMED + SAVED, sent.get(2));
        assertEquals(AROUND_PART_NAMED, sent.get(3));
        assertEquals(1 + LARGE_PACKETS, sent.size());
        assertEquals(2, receiver.delivered.size());
    }

    private void publishMany() {
        for (int count = 0; count < MANY; count++) {
            publish();
            mesh.run(100);
        }
        sent.clear();
    }

    @Test
    void leavesOutTheIdsOfFragmentsWhereNothingGetsLost() {
        publishMany();
        publishLarge();
        mesh.run(100);
        assertEquals(AROUND_PART_NAMED - SAVED, sent.get(3));
        assertEquals(LARGE_PACKETS, sent.size());
        assertEquals(MANY + 1, receiver.delivered.size());
    }

    @Test
    void saysInFullWhatGotLostWithTheNamesThatItTold() {
        publish();
        mesh.run(100);
        lost = 3;
        publishLarge();
        mesh.run(5_000);
        assertEquals(LARGE_AT_ONCE - 3, receiver.drops(DropReason.UNKNOWN_NAME));
        assertEquals(2, receiver.delivered.size());
        assertEquals(AROUND_PART, sent.get(2 + LARGE_AT_ONCE));
        assertEquals(1 + LARGE_AT_ONCE + LARGE_PACKETS, sent.size());
    }

    /** With a fragment the ids of those after it get lost. */
    @Test
    void saysTheRestOfALargeMessageAgainWhenAFragmentGotLost() {
        publishMany();
        BiPredicate<TestMesh.Node, Action.Send> counts = mesh.passes;
        mesh.passes = (from, send) -> counts.test(from, send) && sent.size() != 3;
        publishLarge();
        mesh.run(5_000);
        assertEquals(3, receiver.drops(DropReason.UNKNOWN_NAME));
        assertEquals(MANY + 1, receiver.delivered.size());
        assertEquals(LARGE_PACKETS + 4, sent.size());
    }

    @Test
    void saysInFullToWhoHasStartedAgainAndForgotten() {
        publish();
        mesh.run(100);
        receiver = mesh.subscribed(2, sender);
        mesh.run(60_000);
        publish();
        mesh.run(5_000);
        assertEquals(2, receiver.delivered.size());
        publish();
        mesh.run(5_000);
        assertEquals(AROUND_NAMED, sent.get(sent.size() - 1));
        assertEquals(3, receiver.delivered.size());
    }

    /** Right after the start of the receiver, which the sender has not noticed. */
    @Test
    void mendsWhatItSaidByNameToWhoHadForgotten() {
        publish();
        mesh.run(100);
        receiver = mesh.subscribed(2);
        publish();
        mesh.run(100);
        assertEquals(AROUND_NAMED, sent.get(1));
        assertEquals(0, receiver.delivered.size());
        assertEquals(1, receiver.drops(DropReason.STRANGER));
        mesh.run(30_000);
        assertEquals(2, receiver.delivered.size());
    }

    /** However it came to that: here by a receipt for what never came. */
    @Test
    void isToldThatItNamesWhatIsNotKnown() {
        lost = 1;
        publish();
        mesh.run(20);
        Id first = TestPackets.messageId(TestPackets.sealed(1, SEALED_BYTES));
        Receipt forged = new Receipt(false, 0, List.of(Receipt.name(first)));
        mesh.inject(receiver.endpoint, sender, forged.encode());
        mesh.run(20);
        publish();
        mesh.run(40);
        assertEquals(AROUND_NAMED, sent.get(1));
        assertEquals(1, receiver.drops(DropReason.UNKNOWN_NAME));
        publish();
        mesh.run(40);
        assertTrue(sent.get(2) > AROUND_NAMED);
        assertEquals(1, receiver.delivered.size());
        mesh.run(10_000);
        assertEquals(3, receiver.delivered.size());
    }
}
