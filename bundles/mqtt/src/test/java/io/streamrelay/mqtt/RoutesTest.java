// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.mqtt.broker.Subscription;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutesTest {

    private static Routes envelope(String... lines) {
        return Routes.parse("routes", List.of(lines), Format.ENVELOPE);
    }

    @Test
    void sendsOnceWhereSeveralRoutesMeet() {
        Routes routes = envelope("a/# out 2", "a/b out 0", "a/b out 1 \"\" x/");
        assertEquals(List.of(new Hop("a/b", 2), new Hop("x/a/b", 1)), routes.out("a/b"));
    }

    @Test
    void subscribesNoFilterWithinAnother() {
        Routes routes = envelope("a/# out 0", "a/b out 1", "c out 2", "d in 1");
        assertEquals(
                List.of(
                        new Subscription("a/#", 1, Subscription.Kind.APPLICATIONS),
                        new Subscription("c", 2, Subscription.Kind.APPLICATIONS)),
                routes.subscriptions());
    }

    @Test
    void wantsOfTheMeshWhatItPublishes() {
        Routes routes = envelope("a/# in", "b out");
        assertTrue(routes.interest().topics().test("a/x"));
        assertFalse(routes.interest().topics().test("b"));
        assertEquals(Set.of(), routes.interest().events());
    }

    @Test
    void wantsRawEventsByTheirNames() {
        Routes routes = Routes.parse("routes", List.of("t in 1 plant/ js/", "o out"), Format.RAW);
        assertEquals(Set.of("js/t"), routes.interest().events());
        assertFalse(routes.interest().topics().test("js/t"));
    }

    @Test
    void refusesWildcardsInRawFormat() {
        ConfigurationException refusal = assertThrows(
                ConfigurationException.class, () -> Routes.parse("routes", List.of("a/# both"), Format.RAW));
        assertTrue(refusal.getMessage().startsWith("routes: 'a/# both'"), refusal.getMessage());
    }

    @Test
    void namesTheLineThatIsWrong() {
        ConfigurationException refusal =
                assertThrows(ConfigurationException.class, () -> envelope("a both", "b sideways"));
        assertTrue(refusal.getMessage().contains("'b sideways'"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("out, in or both"), refusal.getMessage());
    }

    @Test
    void refusesMoreThanTheLimit() {
        assertEquals(
                Routes.MAX,
                Routes.parse("routes", Collections.nCopies(Routes.MAX, "a out"), Format.RAW)
                        .list()
                        .size());
        assertThrows(
                ConfigurationException.class,
                () -> Routes.parse("routes", Collections.nCopies(Routes.MAX + 1, "a out"), Format.RAW));
    }
}
