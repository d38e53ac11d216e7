// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network;

/**
 * How two members came to hear each other.
 *
 * @param way how they exchange messages in the end
 * @param heardMs from when both were started until each had heard the other, by whatever way
 * @param reachedMs from then on until each reached the other without anybody's help; -1 if never
 */
record Crossing(Way way, long heardMs, long reachedMs) {

    /** For a table. */
    String text() {
        String heard = "%s; heard after %.1f s".formatted(way.name().toLowerCase(), heardMs / 1e3);
        return reachedMs < 0 ? heard : heard + ", reached after %.1f s".formatted(reachedMs / 1e3);
    }
}
