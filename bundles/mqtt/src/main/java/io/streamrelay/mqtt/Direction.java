// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import java.util.Locale;

/** Which way a route leads, seen from the broker, as in mosquitto.conf. */
enum Direction {
    /** From the broker into the mesh. */
    OUT,
    /** From the mesh to the broker. */
    IN,
    BOTH;

    boolean leadsOut() {
        return this != IN;
    }

    boolean leadsIn() {
        return this != OUT;
    }

    /** The word of a route. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
