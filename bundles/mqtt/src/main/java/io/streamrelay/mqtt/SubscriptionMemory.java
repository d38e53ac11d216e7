// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.mqtt.broker.BrokerLinks;
import io.streamrelay.mqtt.broker.BrokerOptions;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What the broker may have subscribed for a bridge, kept over restarts: a session outlives the bridge, and what is left
 * in it from another configuration would bring messages a second time, for ever. Lives on the bridge's thread.
 */
final class SubscriptionMemory {

    private final BrokerLinks links;
    private final BrokerOptions session;
    private final StateLog log;
    private final Set<String> filters;

    SubscriptionMemory(BrokerLinks links, BrokerOptions session, StateLog log) {
        this.links = links;
        this.session = session;
        this.log = log;
        this.filters = new LinkedHashSet<>(links.subscribed(session));
    }

    /** Everything that may be there. */
    Set<String> filters() {
        return Set.copyOf(filters);
    }

    /** It is about to be subscribed. */
    void begins(String filter) {
        if (filters.add(filter)) {
            keep();
        }
    }

    /** The broker has said that it is not subscribed any more. */
    void ended(String filter) {
        if (filters.remove(filter)) {
            keep();
        }
    }

    /** The broker has forgotten the session. */
    void forget() {
        if (!filters.isEmpty()) {
            filters.clear();
            keep();
        }
    }

    private void keep() {
        try {
            links.keepSubscribed(session, filters);
        } catch (IOException e) {
            log.trouble("what is subscribed cannot be kept for the next start", e.toString());
        }
    }
}
