// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.gossip.packet.Receipt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which receipts tell how long a line's round trip is. */
class LineRoundTripTest {

    private static final long TRIP_MS = 100;

    private final Line line = new Line(0);
    private int seed;

    private CachedPacket packet() {
        return CachedPacket.arrived(TestPackets.single(seed++), 0);
    }

    private void left(CachedPacket packet, boolean again, boolean more, long nowMs) {
        line.left(packet, packet.packet().size(), again, more, false, nowMs);
    }

    private CachedPacket leave(long nowMs) {
        CachedPacket packet = packet();
        left(packet, false, false, nowMs);
        return packet;
    }

    private Line.Told told(int number, long nowMs, CachedPacket... packets) {
        List<Integer> names =
                Stream.of(packets).map(packet -> Receipt.name(packet.id())).toList();
        return line.told(new Receipt(false, number, names), nowMs);
    }

    @Test
    void thatOfAQuestion() {
        leave(0);
        int question = line.ask(1_000);
        line.ask(2_000);
        told(question, 1_000 + TRIP_MS);
        assertEquals(TRIP_MS, line.roundTripMs());
    }

    @Test
    void notThatOfWhatLeftTwice() {
        CachedPacket packet = packet();
        left(packet, true, false, 0);
        told(0, TRIP_MS, packet);
        assertEquals(-1, line.roundTripMs());
    }

    /** Two packets that a receipt cannot tell from each other. */
    private static List<CachedPacket> namesakes() {
        Map<Integer, CachedPacket> byName = new HashMap<>();
        for (int seed = 0; ; seed++) {
            CachedPacket packet = CachedPacket.arrived(TestPackets.single(seed), 0);
            CachedPacket namesake = byName.put(Receipt.name(packet.id()), packet);
            if (namesake != null) {
                return List.of(namesake, packet);
            }
        }
    }

    @Test
    void notThatOfWhatIsNamedLikeSomethingUnderWay() {
        List<CachedPacket> namesakes = namesakes();
        left(namesakes.get(0), false, true, 0);
        left(namesakes.get(1), false, true, TRIP_MS - 10);
        assertEquals(namesakes.subList(1, 2), told(0, TRIP_MS, namesakes.get(0)).came());
        assertEquals(-1, line.roundTripMs());
        left(namesakes.get(0), false, true, TRIP_MS);
        told(0, 2 * TRIP_MS, namesakes.get(0));
        assertEquals(TRIP_MS, line.roundTripMs());
    }

    /** S4, seed 1 with 800 bytes: after comparing both told what had come; some took ten seconds and more for their round trip. */
    @Test
    void notThatOfWhatDidNotAsk() {
        told(0, 1_000 + TRIP_MS, leave(1_000));
        assertEquals(TRIP_MS, line.roundTripMs());
        CachedPacket unasked = leave(2_000);
        assertEquals(List.of(unasked), told(0, 12_000, unasked).came());
        assertEquals(TRIP_MS, line.roundTripMs());
    }

    @Test
    void thatOfTheLatestWhereOneOfThemHasAsked() {
        CachedPacket asking = leave(0);
        CachedPacket after = leave(10);
        told(0, 10 + TRIP_MS, asking, after);
        assertEquals(TRIP_MS, line.roundTripMs());
    }

    @Test
    void notThatOfWhatCameBeforeSomethingElse() {
        CachedPacket packet = leave(0);
        told(0, TRIP_MS, packet, packet());
        assertEquals(-1, line.roundTripMs());
    }
}
