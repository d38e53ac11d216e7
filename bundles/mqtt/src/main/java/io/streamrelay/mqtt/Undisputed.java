// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.mqtt.broker.BrokerLinks;
import io.streamrelay.mqtt.broker.BrokerOptions;
import io.streamrelay.mqtt.broker.Fingerprint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Whether no other bridge takes from the broker what this one does, as far as its session has told; kept over restarts.
 * The session goes on to tell who comes, in order with the messages, so that such a bridge takes them from the first
 * on, before it has asked who is there. Lives on the bridge's thread.
 */
final class Undisputed {

    private final BrokerLinks links;
    private final BrokerOptions session;
    private final StateLog log;
    /** What this bridge does, and then the broker's names, the latest one last; empty when it is not undisputed. */
    private List<String> kept;

    Undisputed(BrokerLinks links, BrokerOptions session, StateLog log) {
        this.links = links;
        this.session = session;
        this.log = log;
        this.kept = List.copyOf(links.undisputed(session));
    }

    /** The names of the broker that this bridge, which does what it did then, is undisputed at; empty if it may not be. */
    List<String> marks(Announcement own) {
        return kept.isEmpty() || !kept.get(0).equals(nameOf(own)) ? List.of() : kept.subList(1, kept.size());
    }

    /** It is so now. */
    void holds(Announcement own, Collection<String> marks) {
        List<String> now = new ArrayList<>(List.of(nameOf(own)));
        now.addAll(marks);
        keep(now);
    }

    /** It is not known to be so any more. */
    void ends() {
        keep(List.of());
    }

    private void keep(List<String> now) {
        if (now.equals(kept)) {
            return;
        }
        kept = List.copyOf(now);
        try {
            links.keepUndisputed(session, new LinkedHashSet<>(now));
        } catch (IOException e) {
            log.trouble("who else is on this broker cannot be kept for the next start", e.toString());
        }
    }

    private static String nameOf(Announcement own) {
        return Fingerprint.of("", own.encode()).hex();
    }
}
