// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {

    @Test
    void readsEachShape() {
        assertEquals(new Route("a/#", Direction.BOTH, 1, "", ""), Route.parse("a/# both"));
        assertEquals(new Route("a/#", Direction.OUT, 2, "", ""), Route.parse("  a/#   out  2 "));
        assertEquals(new Route("#", Direction.IN, 0, "plant/", ""), Route.parse("# in 0 plant/"));
        assertEquals(new Route("#", Direction.IN, 0, "", "site/"), Route.parse("# IN 0 \"\" site/"));
        assertEquals(new Route("#", Direction.BOTH, 1, "plant/", "site/"), Route.parse("# both plant/ site/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a up",
                "a both 3",
                "a# both",
                "a both 1 x/ y/ z",
                "a both x/ y/ z/",
                "a both 1 +/",
                "a both 1 x/ #",
                "$SYS/# out",
                "streamrelay/x out",
                "x out 1 streamrelay/",
                "x out 1 \"\" $SYS/"
            })
    void refusesWhatIsNoRoute(String line) {
        assertThrows(IllegalArgumentException.class, () -> Route.parse(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/# both", "# out 0 plant/ site7/", "a in 2 \"\" x/", "a/+ in 2 y/"})
    void writesWhatItReads(String line) {
        Route route = Route.parse(line);
        assertEquals(route, Route.parse(route.text()));
    }

    @Test
    void exchangesPrefixes() {
        Route route = Route.parse("data/+ both 1 plant/ site7/");
        assertEquals("plant/data/+", route.localFilter());
        assertEquals(Optional.of("site7/data/x"), route.toMesh("plant/data/x"));
        assertEquals(Optional.of("plant/data/x"), route.toLocal("site7/data/x"));
        assertEquals(Optional.empty(), route.toMesh("site7/data/x"));
        assertEquals(Optional.empty(), route.toMesh("plant/data/x/y"));
    }

    @Test
    void leadsOneWayOnly() {
        assertTrue(Route.parse("a out").toMesh("a").isPresent());
        assertTrue(Route.parse("a out").toLocal("a").isEmpty());
        assertTrue(Route.parse("a in").toMesh("a").isEmpty());
        assertTrue(Route.parse("a in").toLocal("a").isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"$SYS/x", "streamrelay/bridges/x", "a/+/b", "#", "a\0"})
    void neverLeadsToReservedOrImpossibleTopics(String topic) {
        Route all = Route.parse("# both");
        assertTrue(all.toMesh(topic).isEmpty(), "into the mesh");
        assertTrue(all.toLocal(topic).isEmpty(), "to the broker");
    }
}
