// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.conformance;

import java.util.Comparator;
import java.util.Locale;

/**
 * A test that shows a conformance case.
 *
 * @param conformanceCase from 1
 * @param className fully qualified
 * @param method null for all of its class
 */
record TaggedTest(int conformanceCase, String className, String method) {

    static final Comparator<TaggedTest> ORDER =
            Comparator.comparing(TaggedTest::player).thenComparing(TaggedTest::label);

    /** Who plays the other side; in the order in which they convince. */
    enum Player {
        REFERENCE,
        VECTORS,
        LAB,
        GATEWAY,
        SIMULATOR,
        ENGINE,
        NODE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Player player() {
        if (simpleName().endsWith("VectorTest")) {
            return Player.VECTORS;
        } else if (className.contains(".itests.interop.")) {
            return Player.REFERENCE;
        } else if (className.contains(".itests.network.")) {
            return Player.LAB;
        } else if (className.contains(".itests.karaf.")) {
            return Player.GATEWAY;
        } else if (className.contains(".simulator.")) {
            return Player.SIMULATOR;
        }
        return className.contains(".gossip.node.") ? Player.NODE : Player.ENGINE;
    }

    String label() {
        return method == null ? simpleName() : simpleName() + "." + method;
    }

    private String simpleName() {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
