// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network;

import io.streamrelay.itests.network.lab.NatKind;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What two members are behind. */
record Pair(NatKind left, NatKind right) {

    /** All sixteen, those that take the longest first. */
    static List<Pair> all() {
        return Stream.of(NatKind.values())
                .flatMap(left -> Stream.of(NatKind.values()).map(right -> new Pair(left, right)))
                .sorted(Comparator.comparing(Pair::way).reversed())
                .toList();
    }

    /** The best way that there is between them. */
    Way way() {
        if (left == NatKind.SYMMETRIC && right == NatKind.SYMMETRIC) {
            return Way.PROXIED;
        }
        return has(NatKind.SYMMETRIC) && has(NatKind.PORT_RESTRICTED) ? Way.PUNCHED : Way.DIRECT;
    }

    /** Whether one of them is behind that kind. */
    boolean has(NatKind kind) {
        return left == kind || right == kind;
    }

    @Override
    public String toString() {
        return left.label() + "-" + right.label();
    }
}
