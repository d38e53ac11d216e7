// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which nodes' datagrams can reach which, whatever the links' quality. */
public final class Reachability {

    private record Way(int from, int to) {}

    private final Set<Long> cuts = new HashSet<>();
    private final Set<Way> deadWays = new HashSet<>();
    private final Map<Integer, Integer> islands = new HashMap<>();
    private boolean othersAreAlone;

    /** Whether a datagram of one node may reach the other. */
    boolean between(int from, int to) {
        return shareAnIsland(from, to) && !cuts.contains(pair(from, to)) && !deadWays.contains(new Way(from, to));
    }

    private boolean shareAnIsland(int a, int b) {
        Integer island = islands.get(a);
        return island == null ? islands.get(b) == null && (!othersAreAlone || a == b) : island.equals(islands.get(b));
    }

    /** Nothing passes between these two, in either direction. */
    public void cut(int a, int b) {
        cuts.add(pair(a, b));
    }

    /** Nothing passes from one to the other; what comes back passes. */
    public void cutOneWay(int from, int to) {
        deadWays.add(new Way(from, to));
    }

    /** The link between these two works again, in both directions. */
    public void mend(int a, int b) {
        cuts.remove(pair(a, b));
        deadWays.remove(new Way(a, b));
        deadWays.remove(new Way(b, a));
    }

    /** Each reaches the one before it and the one after it alone. */
    public void line(int nodes) {
        for (int a = 0; a < nodes; a++) {
            for (int b = a + 2; b < nodes; b++) {
                cut(a, b);
            }
        }
    }

    /** Nothing passes between the group and the others; replaces an earlier partition. */
    void isolate(Set<Integer> group) {
        islands(List.of(group));
    }

    /** Nothing passes between these groups, and the rest, which is one more; replaces an earlier partition. */
    public void islands(List<? extends Collection<Integer>> groups) {
        join();
        for (int island = 0; island < groups.size(); island++) {
            for (int node : groups.get(island)) {
                islands.put(node, island);
            }
        }
    }

    /** These reach each other, and nobody else anybody; replaces an earlier partition. */
    public void contact(Integer... group) {
        islands(List.of(List.of(group)));
        othersAreAlone = true;
    }

    /** No partition any more; cut links stay cut. */
    public void join() {
        islands.clear();
        othersAreAlone = false;
    }

    /** The same number for both orders. */
    static long pair(int a, int b) {
        return (long) Math.min(a, b) << 32 | Math.max(a, b);
    }
}
