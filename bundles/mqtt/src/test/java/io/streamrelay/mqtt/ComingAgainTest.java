// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A broker that repeats itself, with the packet identifiers that it used before or with others. */
class ComingAgainTest {

    private record One(SendName name, String topic, boolean isAcknowledged) implements ComingAgain.Taken {}

    private final ComingAgain<One> comingAgain = new ComingAgain<>();

    private static SendName name(int packetId, String content) {
        return new SendName("1/" + packetId + "/" + content);
    }

    private static One acknowledged(int packetId, String content) {
        return new One(name(packetId, content), "t", true);
    }

    private static One pending(int packetId, String content) {
        return new One(name(packetId, content), "t", false);
    }

    private void lost(One... taken) {
        comingAgain.add(List.of(taken));
    }

    /** How many of these are repetitions, in the order in which they come under packet identifiers from 100 on. */
    private List<Boolean> areKnown(String... contents) {
        List<Boolean> known = new ArrayList<>();
        for (String content : contents) {
            known.add(comingAgain.take(name(100 + known.size(), content), "t") != null);
        }
        return known;
    }

    @Test
    void knowsAMessageByItsPacketIdentifierOnce() {
        One taken = acknowledged(1, "a");
        lost(taken);
        assertSame(taken, comingAgain.take(name(1, "a"), "t"));
        assertNull(comingAgain.take(name(1, "a"), "t"));
    }

    @Test
    void knowsWhatIsNotAcknowledgedUnderAnotherPacketIdentifier() {
        lost(pending(1, "a"), pending(2, "b"));
        assertEquals(List.of(true, true, false, false), areKnown("a", "b", "a", "b"));
    }

    @Test
    void knowsWhatWasAcknowledgedBeforeItAsNothingNewComesInBetween() {
        lost(acknowledged(1, "a"), acknowledged(2, "b"), acknowledged(3, "c"), pending(4, "d"));
        assertEquals(List.of(true, true, true, false), areKnown("b", "c", "d", "a"));
    }

    @Test
    void takesWhatEqualsAnAcknowledgedOneForNewWhenNothingComesForCertain() {
        lost(acknowledged(1, "a"));
        assertEquals(List.of(false), areKnown("a"));
    }

    /** A reading that does not change: the broker may have understood any of the acknowledgements. */
    @Test
    void ofEqualMessagesKnowsNoMoreThanComeForCertain() {
        lost(acknowledged(1, "a"), acknowledged(2, "a"), pending(3, "a"), pending(4, "a"));
        assertEquals(List.of(true, true, false, false), areKnown("a", "a", "a", "a"));
    }

    @Test
    void expectsNothingMoreOfATopicOnWhichTheBrokerHasGoneOn() {
        lost(acknowledged(1, "a"), pending(2, "b"));
        assertEquals(List.of(false, false, false), areKnown("new", "a", "b"));
    }

    @Test
    void oneTopicSaysNothingOfAnother() {
        lost(new One(name(1, "a"), "other", true), pending(2, "b"));
        assertNull(comingAgain.take(name(100, "a"), "other"));
        assertEquals(List.of(true), areKnown("b"));
    }

    @Test
    void whatWasRetainedIsNoPartOfTheOrder() {
        lost(pending(1, "a"));
        assertNull(comingAgain.take(name(100, "a"), null));
        assertNull(comingAgain.take(new SendName("2/77"), "t"), "nor what came with QoS 2");
        assertEquals(List.of(true), areKnown("a"));
    }

    @Test
    void expectsItOverTheNextConnectionIfItHasNotComeOverThisOne() {
        lost(pending(1, "a"), pending(2, "b"));
        assertEquals(List.of(true), areKnown("a"));
        lost();
        assertEquals(name(2, "b"), comingAgain.take(name(2, "b"), "t").name());
    }

    @Test
    void whatWasUnderstoodComesNoMore() {
        One understood = acknowledged(1, "a");
        lost(understood, acknowledged(2, "b"));
        comingAgain.removeIf(One::isAcknowledged);
        assertNull(comingAgain.take(understood.name(), "t"));
    }

    @Test
    void aBrokerThatHasForgottenRepeatsNothing() {
        lost(acknowledged(1, "a"), pending(2, "b"));
        comingAgain.clear();
        assertEquals(
                List.of(false, false, false),
                Stream.of(name(1, "a"), name(2, "b"), name(100, "b"))
                        .map(name -> comingAgain.take(name, "t") != null)
                        .toList());
    }
}
