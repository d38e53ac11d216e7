// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.gossip.packet.Pong;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReflectionAttemptTest {

    private static final String PORT_ID = "0123456789ab";
    private static final String PROBE_ID = "ba9876543210";
    private static final Endpoint FIRST = Endpoint.of("20.0.0.1", 19777);
    private static final Endpoint SECOND = Endpoint.of("20.0.0.2", 19777);

    private final ReflectionAttempt attempt = attempt(true);
    private int pings;

    private static ReflectionAttempt attempt(boolean probes) {
        Peer first = new Peer(TestPackets.filled(1), Path.main(FIRST), 31, true, "00000000000f", 0);
        Peer second = new Peer(TestPackets.filled(2), Path.main(SECOND), 31, true, "00000000000f", 0);
        return new ReflectionAttempt(new Responders.Pair(first, second, probes), PORT_ID, PROBE_ID);
    }

    private static Pong pong(Id by, String reflectionId, String pingId, int port) {
        return Pong.builder(TestPackets.filled(9), by)
                .reflectionId(reflectionId)
                .pingId(pingId)
                .address("30.0.0.1")
                .port(port)
                .build();
    }

    private static Pong probePong(int responder, String reflectionId) {
        return pong(TestPackets.filled(responder), reflectionId, null, 40_001);
    }

    private void portTold() {
        assertTrue(attempt.tellsPort(FIRST, probePong(1, PORT_ID)));
    }

    /** Each of the two is asked and answers that often. */
    private void answers(ReflectionAttempt asking, int times, int portSeenBySecond) {
        for (int i = 0; i < times; i++) {
            String pingId = String.format("%012x", ++pings);
            asking.witnesses().forEach(witness -> witness.asked(pingId));
            asking.answer(FIRST, pong(TestPackets.filled(1), PROBE_ID, pingId, 40_000));
            asking.answer(SECOND, pong(TestPackets.filled(2), PROBE_ID, pingId, portSeenBySecond));
        }
    }

    private void probe(int responder, Endpoint from) {
        attempt.probe(from, probePong(responder, PROBE_ID));
    }

    private static Endpoint probeSocketOf(Endpoint responder) {
        return new Endpoint(responder.address(), responder.port() + 1);
    }

    @Test
    void onlyTheFirstRespondersAnswerTellsThePort() {
        assertFalse(attempt.tellsPort(SECOND, probePong(2, PORT_ID)));
        assertFalse(attempt.tellsPort(FIRST, probePong(1, PROBE_ID)));
        assertFalse(attempt.tellsPort(FIRST, probePong(2, PORT_ID)));
        assertFalse(attempt.tellsPort(probeSocketOf(FIRST), probePong(1, PORT_ID)));
        portTold();
        assertEquals(40_001, attempt.probePort());
    }

    @Test
    void silenceOfBothProbesIsAPortRestrictedNatOnlyAfterEnoughAnswers() {
        portTold();
        answers(attempt, Limits.REFLECTION_ANSWERS - 1, 40_000);
        assertFalse(attempt.isDecided());
        answers(attempt, 1, 40_000);
        assertTrue(attempt.isDecided());
        assertFalse(attempt.isProven());
        assertEquals(NatType.PORT_RESTRICTED, attempt.verdict(NatType.UNKNOWN));
    }

    @Test
    void aDuplicateAnswerCountsOnce() {
        portTold();
        attempt.witnesses().forEach(witness -> witness.asked("00000000000a"));
        for (int i = 0; i < 2 * Limits.REFLECTION_ANSWERS; i++) {
            attempt.answer(FIRST, pong(TestPackets.filled(1), PROBE_ID, "00000000000a", 40_000));
            attempt.answer(SECOND, pong(TestPackets.filled(2), PROBE_ID, "00000000000a", 40_000));
        }
        assertFalse(attempt.isDecided());
    }

    @Test
    void oneResponderThatAnswersTwiceDoesNotStandForTheOther() {
        portTold();
        attempt.witnesses().forEach(witness -> witness.asked("00000000000a"));
        attempt.answer(FIRST, pong(TestPackets.filled(1), PROBE_ID, "00000000000a", 40_000));
        attempt.answer(SECOND, pong(TestPackets.filled(1), PROBE_ID, "00000000000a", 40_000));
        attempt.answer(FIRST, pong(TestPackets.filled(2), PROBE_ID, "00000000000a", 40_000));
        assertFalse(attempt.isDecided());
        assertEquals(List.of(SECOND), endpoints(attempt.owing()).subList(1, 2));
    }

    @Test
    void theFirstRespondersProbeAloneIsAnAddressRestrictedNat() {
        portTold();
        probe(1, probeSocketOf(FIRST));
        answers(attempt, Limits.REFLECTION_ANSWERS, 40_000);
        assertEquals(NatType.ADDRESS_RESTRICTED, attempt.verdict(NatType.UNKNOWN));
    }

    @Test
    void theSecondRespondersProbeProvesThatNobodyIsFiltered() {
        portTold();
        probe(2, probeSocketOf(SECOND));
        assertFalse(attempt.isProven());
        answers(attempt, 1, 40_000);
        assertTrue(attempt.isProven());
        assertEquals(NatType.UNRESTRICTED, attempt.verdict(NatType.UNKNOWN));
    }

    @Test
    void whatComesFromElsewhereOrFromAMainSocketIsNoProbe() {
        portTold();
        probe(1, FIRST);
        probe(2, SECOND);
        probe(2, probeSocketOf(FIRST));
        probe(2, Endpoint.of("20.6.6.6", 666));
        attempt.probe(probeSocketOf(SECOND), probePong(2, PORT_ID));
        answers(attempt, Limits.REFLECTION_ANSWERS, 40_000);
        assertEquals(NatType.PORT_RESTRICTED, attempt.verdict(NatType.UNKNOWN));
    }

    @Test
    void twoPortsAreASymmetricNatWhateverComesThrough() {
        portTold();
        probe(2, probeSocketOf(SECOND));
        answers(attempt, 1, 40_007);
        assertTrue(attempt.isProven());
        assertEquals(NatType.ENDPOINT_RESTRICTED, attempt.verdict(NatType.UNKNOWN));
    }

    @Test
    void theLatestAnswerCountsWhenTheMappingHasChangedMeanwhile() {
        portTold();
        answers(attempt, 1, 40_007);
        answers(attempt, Limits.REFLECTION_ANSWERS - 1, 40_000);
        assertEquals(NatType.PORT_RESTRICTED, attempt.verdict(NatType.UNKNOWN));
    }

    @Test
    void withoutProbesOnlyTheMappingIsJudged() {
        ReflectionAttempt mapping = attempt(false);
        answers(mapping, 1, 40_000);
        assertTrue(mapping.isProven());
        assertEquals(NatType.ADDRESS_RESTRICTED, mapping.verdict(NatType.ADDRESS_RESTRICTED));
        assertEquals(NatType.UNKNOWN, mapping.verdict(NatType.ENDPOINT_RESTRICTED));
        answers(mapping, 1, 40_007);
        assertEquals(NatType.ENDPOINT_RESTRICTED, mapping.verdict(NatType.ADDRESS_RESTRICTED));
    }

    @Test
    void whoWasNotAskedOwesNothing() {
        assertEquals(List.of(FIRST), endpoints(attempt.owing()));
        portTold();
        assertEquals(List.of(FIRST, SECOND), endpoints(attempt.owing()));
        probe(1, probeSocketOf(FIRST));
        answers(attempt, 1, 40_000);
        assertEquals(List.of(SECOND), endpoints(attempt.owing()));
    }

    private static List<Endpoint> endpoints(List<ReflectionAttempt.Witness> witnesses) {
        return witnesses.stream().map(ReflectionAttempt.Witness::endpoint).toList();
    }
}
