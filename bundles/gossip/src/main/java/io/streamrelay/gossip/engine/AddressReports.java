// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Where peers say that they see this node's main socket, apart for each {@link View}. */
final class AddressReports {

    private final Map<View, Map<Endpoint, Endpoint>> seenByReporter = new EnumMap<>(View.class);

    AddressReports() {
        for (View view : View.values()) {
            seenByReporter.put(view, new Latest());
        }
    }

    /** A peer's latest report takes the place of its earlier one, whatever view that was of. */
    void add(View view, Endpoint reporter, Endpoint seen) {
        forget(reporter);
        seenByReporter.get(view).put(reporter, seen);
    }

    void forget(Endpoint reporter) {
        seenByReporter.values().forEach(reports -> reports.remove(reporter));
    }

    void clear() {
        seenByReporter.values().forEach(Map::clear);
    }

    /** How many peers have reported. */
    int size() {
        return seenByReporter.values().stream().mapToInt(Map::size).sum();
    }

    /** The widest view that there is a report of, or null. */
    View widest() {
        View widest = null;
        for (Map.Entry<View, Map<Endpoint, Endpoint>> reports : seenByReporter.entrySet()) {
            widest = reports.getValue().isEmpty() ? widest : reports.getKey();
        }
        return widest;
    }

    /** Which view a peer has of this node, or null while it has not said. */
    View viewOf(Endpoint reporter) {
        for (Map.Entry<View, Map<Endpoint, Endpoint>> reports : seenByReporter.entrySet()) {
            if (reports.getValue().containsKey(reporter)) {
                return reports.getKey();
            }
        }
        return null;
    }

    /** Where a peer sees this node, or null while it has not said. */
    Endpoint seenBy(Endpoint reporter) {
        View view = viewOf(reporter);
        return view == null ? null : seenByReporter.get(view).get(reporter);
    }

    /**
     * Where most see this node in the widest view, or null. {@code believed} stays until another place has more votes,
     * or nobody sees this node there any more.
     */
    Endpoint majority(Endpoint believed) {
        return most(believed, seen -> seen);
    }

    /** The same of addresses alone, whatever the port; one of the places that most see it at. */
    Endpoint majorityOfAddresses(Endpoint believed) {
        Integer most = most(believed == null ? null : believed.address(), Endpoint::address);
        if (most == null || believed != null && believed.address() == most) {
            return most == null ? null : believed;
        }
        return seenByReporter.get(widest()).values().stream()
                .filter(seen -> seen.address() == most)
                .findFirst()
                .orElse(null);
    }

    private <T> T most(T believed, Function<Endpoint, T> what) {
        View widest = widest();
        if (widest == null) {
            return null;
        }
        Map<T, Integer> votes = new LinkedHashMap<>();
        seenByReporter.get(widest).values().forEach(seen -> votes.merge(what.apply(seen), 1, Integer::sum));
        T best = votes.containsKey(believed) ? believed : null;
        for (Map.Entry<T, Integer> vote : votes.entrySet()) {
            if (best == null || vote.getValue() > votes.get(best)) {
                best = vote.getKey();
            }
        }
        return best;
    }

    /** The reports of one view; the one that is longest unrepeated makes room. */
    private static final class Latest extends LinkedHashMap<Endpoint, Endpoint> {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Endpoint, Endpoint> eldest) {
            return size() > Limits.REPORTS_MAX;
        }
    }
}
