// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Join;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.PeerIds;
import io.streamrelay.gossip.packet.Ping;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ControlSealTest {

    private static final Id KEY = TestPackets.filled(1);
    private static final Id PEER = PeerIds.of(KEY);

    private final ControlSeal seal = new ControlSeal(new StandInSigner(KEY), 42);

    private static Packet.Builder ping() {
        return Packet.builder(PacketType.PING)
                .set(Field.CLUSTER, TestPackets.CLUSTER)
                .set(Field.SUBCLUSTER, TestPackets.SUBCLUSTER)
                .message(Ping.builder(PEER).natType(31).build().toJson());
    }

    private static Packet.Builder join(String more) {
        return Packet.builder(PacketType.JOIN)
                .hops(1)
                .set(Field.CLUSTER, TestPackets.CLUSTER)
                .set(Field.SUBCLUSTER, TestPackets.SUBCLUSTER)
                .message(("{\"requesterPeerId\":\"" + PEER.hex()
                                + "\",\"natType\":31,\"address\":\"192.0.2.1\",\"port\":9777" + more + "}")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private boolean isSignedBy(Id peer, Packet packet) {
        return seal.isSignedBy(peer, packet, Body.of(packet));
    }

    /** The packet with all that makes a signature taken from another one. */
    private static Packet withSealOf(Packet sealed, Packet.Builder other) {
        for (Field field : new Field[] {Field.USR2, Field.USR3, Field.USR4, Field.SIG}) {
            other.set(field, sealed.copy(field));
        }
        return other.build();
    }

    @Test
    void provesThePeerIdThatFollowsFromTheKeyAndNoOther() {
        Packet signed = seal.sign(ping());
        assertTrue(isSignedBy(PEER, signed));
        assertFalse(isSignedBy(TestPackets.filled(2), signed));
    }

    @Test
    void saysInWhichLifeAndInWhichOrderItWasSigned() {
        assertEquals(new Stamp(42, 1), ControlSeal.stampOf(seal.sign(ping())));
        assertEquals(new Stamp(42, 2), ControlSeal.stampOf(seal.sign(ping())));
    }

    @Test
    void coversTheBodyAndTheFieldsBesideIt() {
        Packet signed = seal.sign(ping());
        assertTrue(isSignedBy(PEER, withSealOf(signed, ping())));
        assertFalse(isSignedBy(PEER, withSealOf(signed, ping().set(Field.SUBCLUSTER, TestPackets.filled(9)))));
        assertFalse(isSignedBy(PEER, withSealOf(signed, ping().set(Field.CLUSTER, TestPackets.filled(9)))));
        assertFalse(isSignedBy(
                PEER,
                withSealOf(
                        signed,
                        ping().message(Ping.builder(PEER).natType(5).build().toJson()))));
    }

    @Test
    void coversTheStampAndTheType() {
        Packet signed = seal.sign(ping());
        Packet later = Packet.builder(PacketType.PING)
                .set(Field.CLUSTER, TestPackets.CLUSTER)
                .set(Field.SUBCLUSTER, TestPackets.SUBCLUSTER)
                .message(signed.copy(Field.MESSAGE))
                .set(Field.USR2, KEY)
                .set(Field.USR3, new Stamp(42, 2).toBytes())
                .set(Field.USR4, signed.copy(Field.USR4))
                .set(Field.SIG, signed.copy(Field.SIG))
                .build();
        assertFalse(isSignedBy(PEER, later));
        Packet pong = withSealOf(
                signed,
                Packet.builder(PacketType.PONG)
                        .set(Field.CLUSTER, TestPackets.CLUSTER)
                        .set(Field.SUBCLUSTER, TestPackets.SUBCLUSTER)
                        .message(signed.copy(Field.MESSAGE)));
        assertFalse(isSignedBy(PEER, pong));
    }

    /** Protocol-v6 §1.7 and §3.10: relays count hops, and one of them adds its address. */
    @Test
    void aJoinStaysSignedWhenRelaysHaveDoneTheirPart() {
        Packet signed = seal.sign(join(""));
        assertTrue(isSignedBy(PEER, (Packet) Packet.decode(signed.withHops(7))));
        Packet annotated = withSealOf(
                signed,
                join(",\"rendezvousAddress\":\"192.0.2.9\",\"rendezvousPort\":9777,\"rendezvousType\":31,"
                        + "\"rendezvousPeerId\":\"" + TestPackets.filled(3).hex() + "\",\"rendezvousDeadline\":1"));
        assertTrue(isSignedBy(PEER, annotated));
        assertTrue(Body.of(annotated) instanceof Join);
    }

    @Test
    void whatLooksUnsignedIsNotVerified() {
        Packet marked = ControlSeal.mark(ping()).build();
        assertTrue(ControlSeal.isMarked(marked));
        assertFalse(ControlSeal.isSigned(marked));
        assertFalse(isSignedBy(PEER, marked));
        assertFalse(ControlSeal.isMarked(ping().build()));
    }

    @Test
    void addsAHundredAndNineBytesToWhatIsMarked() {
        assertEquals(
                ControlSeal.mark(ping()).build().size() + 109, seal.sign(ping()).size());
    }
}
