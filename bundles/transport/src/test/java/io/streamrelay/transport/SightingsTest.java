// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.Subnet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SightingsTest {

    private final Sightings sightings = new Sightings(new Subnet(Endpoint.parseAddress("10.0.0.1"), 24), "own");

    private static Endpoint at(int host) {
        return new Endpoint(Endpoint.parseAddress("10.0.0.0") + host, 19_777);
    }

    private List<Endpoint> newsOf(int seconds) {
        List<Endpoint> news = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            news.addAll(sightings.news());
        }
        return news;
    }

    @Test
    void asksForEachNameOnceAndNotForItsOwn() {
        sightings.named("own");
        sightings.named("a");
        sightings.named("a");
        assertEquals(List.of("a"), sightings.questions());
        assertEquals(List.of(), sightings.questions());
    }

    @Test
    void tellsWhatIsNewAtOnceAndWhatIsKnownFromTimeToTime() {
        sightings.seen("a", at(2));
        sightings.seen("a", at(2));
        assertEquals(List.of(at(2)), newsOf(Sightings.REPEAT_TICKS));
        assertEquals(List.of(at(2), at(2)), newsOf(2 * Sightings.REPEAT_TICKS));
    }

    @Test
    void forgetsWhoHasLeft() {
        sightings.seen("a", at(2));
        newsOf(1);
        sightings.gone("a");
        assertEquals(List.of(), newsOf(2 * Sightings.REPEAT_TICKS));
    }

    @Test
    void believesNoAddressOutsideItsNetworkAndNoPortOfOthers() {
        sightings.seen("a", Endpoint.of("10.0.1.2", 19_777));
        sightings.seen("b", Endpoint.of("10.0.0.255", 19_777));
        sightings.seen("c", Endpoint.of("10.0.0.2", 53));
        sightings.seen("own", at(3));
        assertEquals(List.of(), newsOf(2 * Sightings.REPEAT_TICKS));
    }

    @Test
    void holdsSoManyNamesAndNodesAndNoMore() {
        for (int i = 0; i < 2 * Sightings.NODES_MAX; i++) {
            sightings.named("name" + i);
            sightings.seen("name" + i, new Endpoint(at(2).address(), 2_000 + i));
        }
        assertEquals(
                Sightings.NODES_MAX,
                newsOf(Sightings.NODES_MAX / Sightings.NEWS_MAX).size());
        int asked = 0;
        for (int second = 0; second < Sightings.NODES_MAX; second++) {
            List<String> questions = sightings.questions();
            assertTrue(questions.size() <= Sightings.QUESTIONS_MAX);
            asked += questions.size();
        }
        assertEquals(Sightings.NODES_MAX, asked);
    }

    @Test
    void tellsSoManyInASecondHoweverOftenOneMoves() {
        for (int i = 0; i < 10_000; i++) {
            sightings.seen("a", new Endpoint(at(2).address(), 2_000 + i));
        }
        assertEquals(Sightings.NEWS_MAX, sightings.news().size());
        assertEquals(
                Sightings.NODES_MAX - Sightings.NEWS_MAX,
                newsOf(Sightings.NODES_MAX / Sightings.NEWS_MAX - 1).size());
    }
}
