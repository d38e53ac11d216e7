// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.PacketIdCheck.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketIdCheckTest {

    private static final String HEAD = "{\"meta\":{},\"ts\":5,\"size\":1025,\"indexes\":2}";

    private final List<Packet> packets =
            Splitter.split(Packet.builder(PacketType.PUBLISH), new byte[4000], 1_700_000_000_000L);

    @Test
    void refusesAnotherContentUnderAMessagesId() {
        Packet packet = Splitter.split(Packet.builder(PacketType.PUBLISH), Samples.ascii("right"), 0)
                .get(0);
        assertEquals(Verdict.VALID, PacketIdCheck.check(packet, null));
        assertEquals(Verdict.INVALID, PacketIdCheck.check(withMessage(packet, Samples.ascii("wrong")), null));
    }

    @Test
    void refusesAPacketWithoutAnId() {
        Packet packet = Packet.builder(PacketType.PUBLISH)
                .set(Field.PACKET, new byte[31])
                .build();
        assertEquals(Verdict.INVALID, PacketIdCheck.check(packet, null));
    }

    @Test
    void tellsTheFirstFragmentByItsHeadsId() {
        Packet first = packets.get(1);
        assertEquals(Verdict.VALID, PacketIdCheck.check(first, null));
        assertEquals(Verdict.INVALID, PacketIdCheck.check(withMessage(first, new byte[5]), null));
    }

    @Test
    void tellsALaterFragmentByItsPredecessor() {
        Packet third = packets.get(3);
        assertEquals(Verdict.VALID, PacketIdCheck.check(third, packets.get(2)));
        assertEquals(Verdict.INVALID, PacketIdCheck.check(withMessage(third, new byte[5]), packets.get(2)));
    }

    @Test
    void cannotTellALaterFragmentWithoutItsPredecessor() {
        Packet third = packets.get(3);
        List<Packet> other = Splitter.split(Packet.builder(PacketType.PUBLISH), new byte[4001], 0);
        assertEquals(Verdict.UNKNOWN, PacketIdCheck.check(third, null));
        assertEquals(Verdict.UNKNOWN, PacketIdCheck.check(third, packets.get(1)));
        assertEquals(Verdict.UNKNOWN, PacketIdCheck.check(third, other.get(2)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|{\"ts\":5}",
                "{\"a\":1}|{\"a\":1,\"ts\":5}",
                "{\"a\":{\"ts\":5}}|{\"a\":{\"ts\":5},\"ts\":5}",
                "{\"a\":\"\u00e9\"}|{\"a\":\"\u00e9\",\"ts\":5}"
            })
    void acceptsAHeadToWhoseMetaItsTsWasAdded(String meta, String altered) {
        Packet original = head(HEAD.replace("{}", meta));
        assertEquals(Verdict.VALID, PacketIdCheck.check(original, null));
        Packet relayed = withMessage(original, utf8(HEAD.replace("{}", altered)));
        assertEquals(Verdict.VALID, PacketIdCheck.check(relayed, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"ts\":6}|1025",
                "{\"ts\":5,\"a\":1}|1025",
                "{\"b\":1,\"ts\":5}|1025",
                "{\"ts\":5}|1026",
                "{\"ts\":5}|1"
            })
    void refusesEveryOtherChangeOfAHead(String meta, int size) {
        String changed = HEAD.replace("{}", meta).replace("1025", Integer.toString(size));
        assertEquals(Verdict.INVALID, PacketIdCheck.check(withMessage(head(HEAD), utf8(changed)), null));
    }

    @Test
    void leavesControlPacketsThatRelaysAlterOpen() {
        Packet join = Packet.builder(PacketType.JOIN).message(utf8("{}")).build();
        assertEquals(Verdict.VALID, PacketIdCheck.check(join, null));
        assertEquals(Verdict.UNKNOWN, PacketIdCheck.check(withMessage(join, utf8("{\"a\":1}")), null));
    }

    private static Packet head(String json) {
        return Packet.builder(PacketType.PUBLISH)
                .index(0)
                .set(Field.PACKET, Id.of(Digests.sha256(utf8(json))))
                .message(utf8(json))
                .build();
    }

    private static Packet withMessage(Packet packet, byte[] message) {
        return Packet.builder(packet.type())
                .index(packet.index())
                .set(Field.PREVIOUS, packet.copy(Field.PREVIOUS))
                .set(Field.PACKET, packet.copy(Field.PACKET))
                .message(message)
                .build();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
