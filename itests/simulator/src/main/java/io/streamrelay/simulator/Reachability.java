// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.util.HashSet;
import java.util.Set;

/** Which nodes' datagrams can reach which, whatever the links' quality. */
final class Reachability {

    private final Set<Long> cuts = new HashSet<>();
    private final Set<Integer> island = new HashSet<>();

    /** Whether a datagram of one node may reach the other. */
    boolean between(int a, int b) {
        return island.contains(a) == island.contains(b) && !cuts.contains(pair(a, b));
    }

    /** Nothing passes between these two, in either direction. */
    void cut(int a, int b) {
        cuts.add(pair(a, b));
    }

    /** The link between these two works again. */
    void mend(int a, int b) {
        cuts.remove(pair(a, b));
    }

    /** Nothing passes between the group and the others; replaces an earlier partition. */
    void isolate(Set<Integer> group) {
        island.clear();
        island.addAll(group);
    }

    /** No partition any more; cut links stay cut. */
    void join() {
        island.clear();
    }

    /** The same number for both orders. */
    static long pair(int a, int b) {
        return (long) Math.min(a, b) << 32 | Math.max(a, b);
    }
}
