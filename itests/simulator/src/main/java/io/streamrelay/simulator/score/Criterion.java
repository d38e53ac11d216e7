// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.score;

import java.util.List;

/**
 * One row of the field criteria.
 *
 * @param row its name, such as {@code D21}
 * @param title what it demands, in a few words
 * @param pass the value that passes
 * @param parts the measurements that it takes, each with its name; one without a name unless it takes several
 * @param needs what it would take to claim it; empty when it is claimed
 */
record Criterion(String row, String title, String pass, List<String> parts, String needs) {

    /** The part of a criterion that is shown by one measurement. */
    static final String WHOLE = "";

    Criterion {
        parts = List.copyOf(parts);
    }

    boolean isClaimed() {
        return needs.isEmpty();
    }
}
