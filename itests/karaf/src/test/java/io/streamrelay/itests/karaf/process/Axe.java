// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Looks at an open page for what keeps people from using it, by the script of axe-core. */
final class Axe {

    private static final Set<String> SERIOUS = Set.of("serious", "critical");

    private Axe() {}

    /** What it finds that is serious: the rule, and where. */
    static List<String> serious(Browser browser) throws IOException {
        browser.load(script());
        Object violations = browser.awaitPromise(
                "axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)");
        if (!(violations instanceof List<?> found)) {
            throw new AssertionError("axe says " + violations);
        }
        return found.stream()
                .<Map<?, ?>>map(Axe::asMap)
                .filter(violation -> SERIOUS.contains(String.valueOf(violation.get("impact"))))
                .map(Axe::line)
                .toList();
    }

    private static String script() throws IOException {
        try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Map<?, ?> asMap(Object violation) {
        return (Map<?, ?>) violation;
    }

    private static String line(Map<?, ?> violation) {
        List<?> places = ((List<?>) violation.get("nodes"))
                .stream()
                        .map(node ->
                                asMap(node).get("target") + ": " + asMap(node).get("failureSummary"))
                        .toList();
        return violation.get("id") + " at " + places;
    }
}
