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
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.Rejected;
import io.streamrelay.gossip.packet.ShortForm;
import io.streamrelay.gossip.packet.ShortFormReader;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What two nodes learn of each other's values, on both sides of a line. */
class SharedValuesTest {

    private static final int BODY_BYTES = 300;

    /** What is around the body where all has a name. */
    private static final int NAMED_BYTES = 30;

    /** Cluster, subcluster, event; lifetime and origin. */
    private static final int SAVED = 3 * 32 + 12;

    private final SharedValues shared = new SharedValues(5);
    private final Vocabulary heard = new Vocabulary();
    private int seed;

    private CachedPacket packet(Id subcluster) {
        return TestPackets.stamped(seed++, subcluster, BODY_BYTES);
    }

    private CachedPacket packet() {
        return packet(TestPackets.SUBCLUSTER);
    }

    private byte[] told(CachedPacket packet, boolean trusted) {
        return shared.shortForm(packet, false, trusted, trusted).encode(packet.outgoing(false, 7));
    }

    /** One that leaves; its size. */
    private int leaves() {
        return told(packet(), true).length;
    }

    private ShortFormReader hear(byte[] datagram) {
        ShortFormReader reader = ShortForm.read(datagram, heard);
        if (reader.decoded() instanceof Packet) {
            reader.teach(heard);
            heard.learn((Packet) reader.decoded());
        }
        return reader;
    }

    private void assertComes(CachedPacket packet) {
        byte[] outgoing = packet.outgoing(false, 7);
        assertArrayEquals(outgoing, ((Packet) hear(told(packet, true)).decoded()).bytes());
    }

    @Test
    void namesWhatHasCome() {
        CachedPacket first = packet();
        int inFull = told(first, true).length;
        shared.came(first.packet());
        assertEquals(inFull - SAVED, leaves());
    }

    @Test
    void tellsInFullWhatGoesAgain() {
        CachedPacket first = packet();
        int inFull = told(first, true).length;
        shared.came(first.packet());
        assertEquals(inFull, shared.shortForm(first, true, true, true).size());
    }

    @Test
    void namesNothingToWhoMayHaveForgottenIt() {
        CachedPacket first = packet();
        int inFull = told(first, true).length;
        shared.came(first.packet());
        shared.forget();
        assertEquals(inFull, leaves());
    }

    @Test
    void doesNotTakeForKnownWhatItHasToldNobody() {
        shared.came(packet().packet());
        assertEquals(leaves(), leaves());
    }

    /** Some do not come; of those that do the other says so later, or never. */
    @Test
    void isUnderstoodWhateverGetsLostAndHoweverManyValuesThereAre() {
        Random random = new Random(1);
        int unknown = 0;
        int named = 0;
        for (int round = 0; round < 20_000; round++) {
            CachedPacket packet = packet(TestPackets.numbered((int) Math.abs(70 * random.nextGaussian())));
            byte[] told = told(packet, false);
            named += told.length == BODY_BYTES + NAMED_BYTES ? 1 : 0;
            if (random.nextInt(4) == 0) {
                continue;
            }
            if (hear(told).decoded() instanceof Packet understood) {
                assertArrayEquals(packet.outgoing(false, 7), understood.bytes());
                if (random.nextInt(3) == 0) {
                    shared.came(packet.packet());
                }
            } else {
                unknown++;
            }
        }
        assertEquals(0, unknown);
        assertTrue(named > 1_000, named + " were named");
    }

    @Test
    void hasNoShortFormOfWhatCarriesNoChecksum() {
        assertNull(shared.shortForm(CachedPacket.arrived(TestPackets.single(1), 0), false, true, true));
    }

    @Test
    void asksOnceWhetherWhatItNamesFromNowOnHasCome() {
        leaves();
        assertFalse(shared.asks());
        leaves();
        assertTrue(shared.asks());
        leaves();
        assertFalse(shared.asks());
    }

    @Test
    void presumesThatWhatItHasToldTwiceHasCome() {
        int inFull = leaves();
        assertEquals(inFull, leaves());
        assertEquals(inFull - SAVED, leaves());
    }

    @Test
    void presumesNothingOnALineThatIsNotTrusted() {
        int inFull = leaves();
        leaves();
        CachedPacket third = packet();
        assertEquals(inFull, told(third, false).length);
        shared.came(third.packet());
        assertEquals(inFull - SAVED, told(packet(), false).length);
    }

    @Test
    void presumesNothingMoreWhenSomethingGotLost() {
        int inFull = leaves();
        leaves();
        shared.doubt();
        assertEquals(inFull, leaves());
        assertEquals(inFull, leaves());
        assertEquals(inFull - SAVED, leaves());
    }

    @Test
    void doesNotDoubtWhatHasCome() {
        CachedPacket first = packet();
        int inFull = told(first, true).length;
        shared.came(first.packet());
        shared.doubt();
        assertEquals(inFull - SAVED, leaves());
    }

    /** Whoever could would have a message of others delivered, or passed on, in another's place. */
    @Test
    void nobodyCanMakeTwoValuesShareAName() {
        byte[] likeIt = TestPackets.SUBCLUSTER.bytes();
        for (int at = 0; at < Id.BYTES; at++) {
            byte[] other = likeIt.clone();
            other[at] ^= 1;
            assertComes(packet(Id.of(other)));
            assertComes(packet());
        }
    }

    @Test
    void aNameThatIsGivenAnewMeansTheNewValue() {
        for (Id subcluster : List.of(TestPackets.numbered(1), TestPackets.numbered(2))) {
            SharedValues again = new SharedValues(5);
            CachedPacket packet = packet(subcluster);
            byte[] outgoing = packet.outgoing(false, 7);
            byte[] told = again.shortForm(packet, false, true, true).encode(outgoing);
            assertArrayEquals(outgoing, ((Packet) hear(told).decoded()).bytes());
            again.came(packet.packet());
            assertArrayEquals(
                    outgoing,
                    ((Packet) hear(again.shortForm(packet, false, true, true).encode(outgoing))
                                    .decoded())
                            .bytes());
        }
    }

    /** A stranger may make one: it must not be named before the other can know it. */
    @Test
    void aValueThatIsTwiceInAPacketIsToldTwice() {
        CachedPacket packet = packet(TestPackets.EVENT);
        SharedValues fresh = new SharedValues(9);
        byte[] told = fresh.shortForm(packet, false, true, true).encode(packet.outgoing(false, 7));
        assertArrayEquals(packet.outgoing(false, 7), ((Packet) hear(told).decoded()).bytes());
        assertFalse(fresh.asks());
    }

    /** Whether a packet that leaves tells its own id: of the 24 bits of its codes those two are set when it does not. */
    private boolean tellsItsId(CachedPacket packet, boolean again, boolean clean) {
        byte[] told = shared.shortForm(packet, again, true, clean).encode(packet.outgoing(false, 7));
        return (told[4] & 0xc0) != 0xc0;
    }

    private List<CachedPacket> large() {
        return TestPackets.parts(seed++, TestPackets.SUBCLUSTER, 4_000);
    }

    private List<Boolean> tellTheirIds(boolean clean) {
        return large().stream().map(part -> tellsItsId(part, false, clean)).toList();
    }

    @Test
    void leavesTheIdOfAFragmentToTheOneBeforeItWhileNothingGetsLost() {
        assertEquals(List.of(true, false, false, false, false), tellTheirIds(true));
        assertEquals(List.of(true, true, true, true, true), tellTheirIds(false));
    }

    @Test
    void anIdThatIsNotToldIsNoPartOfAPacket() {
        List<CachedPacket> parts = large();
        parts.forEach(part -> told(part, true));
        int with = shared.shortForm(parts.get(3), false, true, false).size();
        assertEquals(
                Id.BYTES,
                with - shared.shortForm(parts.get(3), false, true, true).size());
    }

    @Test
    void tellsTheIdOfAFragmentWhenTheOneBeforeItMayHaveGotLost() {
        List<CachedPacket> parts = large();
        tellsItsId(parts.get(0), false, true);
        assertFalse(tellsItsId(parts.get(1), false, true));
        shared.doubt();
        assertTrue(tellsItsId(parts.get(2), false, true));
        assertFalse(tellsItsId(parts.get(3), false, true));
        assertTrue(tellsItsId(parts.get(3), true, true));
    }

    @Test
    void leavesTheIdToAFragmentThatHasComeOnWhateverLine() {
        List<CachedPacket> parts = large();
        assertTrue(tellsItsId(parts.get(1), false, false));
        shared.came(parts.get(1).packet());
        shared.doubt();
        assertFalse(tellsItsId(parts.get(2), false, false));
        assertTrue(tellsItsId(parts.get(2), true, false));
        shared.forget();
        assertTrue(tellsItsId(parts.get(2), false, false));
    }

    @Test
    void aLargeMessageIsUnderstoodWithoutTheIdsOfItsFragments() {
        for (CachedPacket part : TestPackets.parts(seed++, TestPackets.SUBCLUSTER, 40_000)) {
            assertComes(part);
        }
    }

    /** As many at a time as there may be; each fragment comes after one of another message. */
    @Test
    void soAreSeveralAtATime() {
        List<List<CachedPacket>> messages = IntStream.range(0, Limits.NEXT_IDS_TOLD_MAX + 1)
                .mapToObj(each -> TestPackets.parts(seed++, TestPackets.numbered(each), 40_000))
                .toList();
        for (int index = 0; index < messages.get(0).size(); index++) {
            for (List<CachedPacket> parts : messages) {
                assertComes(parts.get(index));
            }
        }
    }

    @Test
    void aFragmentIsNotUnderstoodAfterOneThatGotLost() {
        List<CachedPacket> parts = large();
        assertComes(parts.get(0));
        told(parts.get(1), true);
        assertEquals(
                new Rejected(DropReason.UNKNOWN_NAME),
                hear(told(parts.get(2), true)).decoded());
    }

    @Test
    void whatWasNeverToldIsNotUnderstood() {
        CachedPacket lost = packet();
        told(lost, true);
        shared.came(lost.packet());
        assertEquals(
                new Rejected(DropReason.UNKNOWN_NAME),
                hear(told(packet(), true)).decoded());
    }
}
