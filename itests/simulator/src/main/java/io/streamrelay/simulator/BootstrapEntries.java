// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.util.random.RandomGenerator;

/** How a configuration names another node: by address, by name, or with the peer id as well, as the seed draws. */
final class BootstrapEntries {

    private final RandomGenerator random;

    BootstrapEntries(Chance chance) {
        random = chance.of("bootstrap");
    }

    String any(VirtualNode other) {
        return switch (random.nextInt(3)) {
            case 0 -> other.endpoint().toString();
            case 1 -> named(other);
            default -> other.id() + "@" + other.endpoint();
        };
    }

    static String named(VirtualNode other) {
        return NameServer.name(other.number()) + ":" + other.endpoint().port();
    }
}
