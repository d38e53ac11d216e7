// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoredPeer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where to look for first peers: the configured list, whose names may need looking up, and the remembered ones. */
final class Bootstrap {

    /** One address to try. */
    record Entry(Endpoint endpoint, Id expected, boolean configured) {}

    private record Name(String host, int port) {}

    private final Turn turn;
    private final List<Entry> entries = new ArrayList<>();
    private final Set<Name> unresolved = new LinkedHashSet<>();
    private boolean lookUpScheduled;

    Bootstrap(Turn turn) {
        this.turn = turn;
    }

    /** Reads the configured list anew; host names are looked up. */
    void configured() {
        entries.removeIf(Entry::configured);
        unresolved.clear();
        for (String text : turn.config().bootstrap()) {
            int at = text.indexOf('@');
            String host = hostOf(text);
            int port = Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
            if (Endpoint.isLiteral(host)) {
                add(new Entry(Endpoint.of(host, port), at < 0 ? null : Id.ofHex(text.substring(0, at)), true));
            } else {
                unresolved.add(new Name(host, port));
            }
        }
        lookUp();
    }

    /** Time to look names up again: those that had no address, or all when nobody is connected. */
    void lookUpDue(boolean alone) {
        lookUpScheduled = false;
        if (alone) {
            configured();
        } else {
            lookUp();
        }
    }

    private void lookUp() {
        unresolved.forEach(name -> turn.act(new Action.Resolve(name.host(), name.port())));
        boolean named = !unresolved.isEmpty() || turn.config().bootstrap().size() > configuredLiterals();
        if (named && !lookUpScheduled) {
            lookUpScheduled = true;
            long pauseMs = unresolved.isEmpty() ? Timing.LOOK_UP_ANEW_MS : Timing.LOOK_UP_RETRY_MS;
            turn.schedule(Timer.LOOK_UP, null, turn.jittered(pauseMs));
        }
    }

    private long configuredLiterals() {
        return turn.config().bootstrap().stream()
                .filter(text -> Endpoint.isLiteral(hostOf(text)))
                .count();
    }

    private static String hostOf(String text) {
        return text.substring(text.indexOf('@') + 1, text.lastIndexOf(':'));
    }

    void remembered(List<StoredPeer> peers) {
        peers.forEach(peer -> add(new Entry(peer.endpoint(), peer.id(), false)));
    }

    /** A configured name has these addresses. */
    void resolved(String host, int port, List<Integer> addresses) {
        if (!addresses.isEmpty()) {
            unresolved.remove(new Name(host, port));
        }
        addresses.forEach(address -> add(new Entry(new Endpoint(address, port), null, true)));
    }

    private void add(Entry entry) {
        if (entries.size() < Limits.CONTACTS_MAX
                && entries.stream().noneMatch(known -> known.endpoint().equals(entry.endpoint()))) {
            entries.add(entry);
        }
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }
}
