// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Rejected;
import io.streamrelay.gossip.packet.ShortForm;
import io.streamrelay.gossip.packet.Splitter;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What two nodes learn of each other's values, on both sides of a line. */
class SharedValuesTest {

    private static final long LIFETIME_MS = 1_000;

    /** Cluster, subcluster, event; lifetime and origin. */
    private static final int SAVED = 3 * (32 - 3) + (12 - 3);

    private final SharedValues shared = new SharedValues();
    private final Vocabulary heard = new Vocabulary(Limits.VALUES_HEARD_MAX);

    private static CachedPacket packet(int seed, Id subcluster) {
        Packet.Builder header = Packet.builder(PacketType.PUBLISH)
                .ttl(LIFETIME_MS)
                .set(Field.CLUSTER, TestPackets.CLUSTER)
                .set(Field.SUBCLUSTER, subcluster)
                .set(Field.USR1, TestPackets.EVENT)
                .set(Field.USR3, new AgeStamp(0, false, 0, LIFETIME_MS, 9).toBytes());
        List<Packet> packets = Splitter.split(header, TestPackets.sealed(seed, 300), 1_000);
        return CachedPacket.own(packets.get(0), 0, LIFETIME_MS);
    }

    private static CachedPacket packet(int seed) {
        return packet(seed, TestPackets.SUBCLUSTER);
    }

    private int size(CachedPacket packet) {
        return shared.shortForm(packet, true).size();
    }

    private void comes(CachedPacket packet) {
        heard.learn(packet.packet());
        shared.came(packet.packet());
    }

    private void assertUnderstood(CachedPacket packet) {
        byte[] outgoing = packet.outgoing(false, 7);
        byte[] told = shared.shortForm(packet, true).encode(outgoing);
        assertArrayEquals(outgoing, ((Packet) ShortForm.expand(told, heard)).bytes());
    }

    @Test
    void namesWhatHasCome() {
        int inFull = size(packet(1));
        assertEquals(inFull, size(packet(2)));
        comes(packet(1));
        assertEquals(inFull - SAVED, size(packet(2)));
        assertUnderstood(packet(2));
    }

    @Test
    void namesNothingToWhoMayHaveForgottenIt() {
        int inFull = size(packet(1));
        comes(packet(1));
        shared.forget();
        assertEquals(inFull, size(packet(1)));
    }

    @Test
    void forgetsBeforeTheOtherDoes() {
        for (int number = 0; number < 3 * Limits.VALUES_HEARD_MAX; number++) {
            CachedPacket packet = packet(number, TestPackets.numbered(number));
            assertUnderstood(packet);
            comes(packet);
        }
        for (int number = 0; number < 3 * Limits.VALUES_HEARD_MAX; number++) {
            assertUnderstood(packet(number, TestPackets.numbered(number)));
        }
    }

    @Test
    void hasNoShortFormOfWhatCarriesNoChecksum() {
        assertNull(shared.shortForm(CachedPacket.arrived(TestPackets.single(1), 0), true));
    }

    @Test
    void asksOnceWhetherWhatItNamesFromNowOnHasCome() {
        assertFalse(shared.left(packet(1).packet()));
        assertTrue(shared.left(packet(2).packet()));
        assertFalse(shared.left(packet(3).packet()));
    }

    @Test
    void presumesThatWhatItHasToldTwiceHasCome() {
        int inFull = size(packet(1));
        shared.left(packet(1).packet());
        assertEquals(inFull, size(packet(2)));
        shared.left(packet(2).packet());
        assertEquals(inFull - SAVED, size(packet(3)));
    }

    @Test
    void presumesNothingOnALineThatIsNotTrusted() {
        int inFull = size(packet(1));
        shared.left(packet(1).packet());
        shared.left(packet(2).packet());
        assertEquals(inFull, shared.shortForm(packet(3), false).size());
        comes(packet(2));
        assertEquals(inFull - SAVED, shared.shortForm(packet(3), false).size());
    }

    @Test
    void presumesNothingMoreWhenSomethingGotLost() {
        int inFull = size(packet(1));
        shared.left(packet(1).packet());
        shared.left(packet(2).packet());
        shared.doubt();
        assertEquals(inFull, size(packet(3)));
        assertFalse(shared.left(packet(3).packet()));
        assertTrue(shared.left(packet(4).packet()));
        assertEquals(inFull - SAVED, size(packet(5)));
    }

    @Test
    void doesNotDoubtWhatHasCome() {
        int inFull = size(packet(1));
        comes(packet(1));
        shared.doubt();
        assertEquals(inFull - SAVED, size(packet(2)));
    }

    @Test
    void aNameThatTwoValuesShareIsTheNewerOnes() {
        Id[] namesakes = namesakes();
        comes(packet(1, namesakes[0]));
        comes(packet(2, namesakes[1]));
        assertUnderstood(packet(3, namesakes[1]));
        assertUnderstood(packet(4, namesakes[0]));
        shared.came(packet(5, namesakes[0]).packet());
        byte[] told = shared.shortForm(packet(6, namesakes[0]), true)
                .encode(packet(6, namesakes[0]).outgoing(false, 7));
        Packet mistaken = (Packet) ShortForm.expand(told, heard);
        assertEquals(namesakes[1], mistaken.id(Field.SUBCLUSTER));
        assertFalse(AgeStamp.isIntact(mistaken, true));
    }

    private static Id[] namesakes() {
        byte[] one = TestPackets.filled(1).bytes();
        Map<Integer, Id> byName = new HashMap<>();
        for (int number = 0; ; number++) {
            ByteBuffer.wrap(one).putInt(number);
            Id id = Id.of(one.clone());
            Id namesake = byName.put(ShortForm.name(one, 0, 32), id);
            if (namesake != null) {
                return new Id[] {namesake, id};
            }
        }
    }

    @Test
    void whatWasNeverToldIsNotUnderstood() {
        shared.came(packet(1).packet());
        byte[] told = shared.shortForm(packet(2), true).encode(packet(2).outgoing(false, 7));
        assertEquals(new Rejected(DropReason.UNKNOWN_NAME), ShortForm.expand(told, heard));
    }
}
