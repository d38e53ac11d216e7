// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;

/** Which neighbour asked which question, so that answers go there and nowhere else. */
final class ReturnRoutes {

    private static final class Route {
        private final Peer asker;
        private final long sinceMs;
        private int answerPackets;

        private Route(Peer asker, long sinceMs) {
            this.asker = asker;
            this.sinceMs = sinceMs;
        }
    }

    private final BoundedMap<Id, Route> routes = new BoundedMap<>(Limits.ROUTES_MAX);

    void open(Id query, Peer asker, long nowMs) {
        routes.put(query, new Route(asker, nowMs));
    }

    /** Who asked, or null when it is not known, or no longer. */
    Peer asker(Id query, long nowMs) {
        Route route = routes.get(query);
        return route == null || nowMs - route.sinceMs > Timing.ROUTE_MS ? null : route.asker;
    }

    /** Counts one more answer packet on its way back; false when there were enough. */
    boolean mayPass(Id query) {
        Route route = routes.get(query);
        return route != null && route.answerPackets++ < Limits.ANSWER_PACKETS_MAX;
    }

    int size() {
        return routes.size();
    }
}
