// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.mqtt.broker.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwaitedEchoesTest {

    private final AwaitedEchoes echoes = new AwaitedEchoes();
    private final List<String> done = new ArrayList<>();

    private static Fingerprint print(String text) {
        return new Fingerprint(text.hashCode());
    }

    private void add(String text, long nowMs) {
        echoes.add(print(text), nowMs, () -> done.add(text));
    }

    private boolean take(String text, long nowMs) {
        var back = echoes.take(print(text), nowMs);
        back.ifPresent(Runnable::run);
        return back.isPresent();
    }

    @Test
    void leavesToWhoTakesOneWhenItIsDealtWith() {
        add("a", 0);
        Runnable dealtWith = echoes.take(print("a"), 1).orElseThrow();
        echoes.releaseAll();
        assertEquals(List.of(), done);
        dealtWith.run();
        assertEquals(List.of("a"), done);
    }

    @Test
    void countsEqualOnes() {
        add("a", 0);
        echoes.add(print("a"), 0);
        assertTrue(take("a", 1));
        assertTrue(take("a", 2));
        assertEquals(List.of("a"), done);
        assertEquals(false, take("a", 3));
    }

    @Test
    void waitsNoLongerThanABrokerMayTake() {
        add("a", 0);
        echoes.expire(AwaitedEchoes.KEEP_MS);
        assertEquals(List.of(), done);
        echoes.expire(AwaitedEchoes.KEEP_MS + 1);
        assertEquals(List.of("a"), done);
        assertEquals(false, take("a", AwaitedEchoes.KEEP_MS + 1));
    }

    @Test
    void waitsLongerForABrokerThatIsBehind() {
        add("a", 0);
        add("b", 1_000);
        add("gone", 1_500);
        add("c", AwaitedEchoes.KEEP_MS);
        assertTrue(take("a", AwaitedEchoes.KEEP_MS));
        assertTrue(take("b", 2 * AwaitedEchoes.KEEP_MS - 1), "it has just sent back what is no newer");
        assertTrue(take("c", 3 * AwaitedEchoes.KEEP_MS - 2));
        add("d", 3 * AwaitedEchoes.KEEP_MS);
        assertTrue(take("d", 3 * AwaitedEchoes.KEEP_MS), "it has caught up");
        assertEquals(false, take("gone", 3 * AwaitedEchoes.KEEP_MS));
        assertEquals(List.of("a", "b", "c", "d", "gone"), done);
    }

    @Test
    void holdsUpNoMoreThanAFewAndKnowsTheOthersAllTheSame() {
        for (int i = 0; i <= AwaitedEchoes.HELD_MAX; i++) {
            add("e" + i, 0);
        }
        assertEquals(List.of("e0"), done);
        assertTrue(take("e0", 1));
        assertEquals(List.of("e0"), done, "once");
        echoes.releaseAll();
        assertEquals(AwaitedEchoes.HELD_MAX + 1, done.size());
    }
}
