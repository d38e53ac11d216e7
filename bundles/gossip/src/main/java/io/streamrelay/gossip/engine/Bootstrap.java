// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoredPeer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where to look for peers: the configured list, whose names may need looking up, and the peers that were known, which
 * take turns.
 */
final class Bootstrap {

    /** An address to try, and the only peer that is wanted there, or null. */
    record Entry(Endpoint endpoint, Id expected) {}

    private record Name(String host, int port) {}

    /** What a configured name leads to; no addresses while it could not be looked up. */
    private record Target(Id expected, List<Integer> addresses) {}

    private final Turn turn;
    private final Map<Endpoint, Entry> literals = new LinkedHashMap<>();
    private final Map<Name, Target> names = new LinkedHashMap<>();
    private final Deque<Entry> known = new ArrayDeque<>();
    private boolean lookUpScheduled;

    Bootstrap(Turn turn) {
        this.turn = turn;
    }

    /** Reads the configured list anew; host names are looked up. */
    void configured() {
        literals.clear();
        names.clear();
        for (String text : turn.config().bootstrap()) {
            int at = text.indexOf('@');
            int colon = text.lastIndexOf(':');
            Id expected = at < 0 ? null : Id.ofHex(text.substring(0, at));
            String host = text.substring(at + 1, colon);
            int port = Integer.parseInt(text.substring(colon + 1));
            if (Endpoint.isLiteral(host)) {
                Endpoint endpoint = Endpoint.of(host, port);
                literals.put(endpoint, new Entry(endpoint, expected));
            } else {
                names.put(new Name(host, port), new Target(expected, List.of()));
            }
        }
        lookUp(true);
    }

    /** Time to look names up again: those that had no address, or all when nobody is connected. */
    void lookUpDue(boolean alone) {
        lookUpScheduled = false;
        lookUp(alone);
    }

    private void lookUp(boolean all) {
        boolean unresolved = false;
        for (Map.Entry<Name, Target> named : names.entrySet()) {
            boolean hasNone = named.getValue().addresses().isEmpty();
            unresolved |= hasNone;
            if (all || hasNone) {
                turn.act(
                        new Action.Resolve(named.getKey().host(), named.getKey().port()));
            }
        }
        if (!names.isEmpty() && !lookUpScheduled) {
            lookUpScheduled = true;
            long pauseMs = unresolved ? Timing.LOOK_UP_RETRY_MS : Timing.LOOK_UP_ANEW_MS;
            turn.schedule(Timer.LOOK_UP, null, turn.jittered(pauseMs));
        }
    }

    /** A configured name has these addresses now; none when it could not be looked up, which changes nothing. */
    void resolved(String host, int port, List<Integer> addresses) {
        if (!addresses.isEmpty()) {
            names.computeIfPresent(
                    new Name(host, port), (name, target) -> new Target(target.expected(), List.copyOf(addresses)));
        }
    }

    List<Entry> configuredEntries() {
        List<Entry> entries = new ArrayList<>(literals.values());
        names.forEach((name, target) -> target.addresses()
                .forEach(address -> entries.add(new Entry(new Endpoint(address, name.port()), target.expected()))));
        return entries;
    }

    boolean isConfigured(Endpoint endpoint) {
        return configuredEntries().stream().anyMatch(entry -> entry.endpoint().equals(endpoint));
    }

    /** Peers that the store remembers. */
    void remembered(List<StoredPeer> peers) {
        peers.forEach(peer -> known(new Entry(peer.endpoint(), peer.id())));
    }

    /** A peer was there; it may be tried again when its turn comes. */
    void known(Entry entry) {
        if (known.size() < Limits.PEERS_MAX
                && known.stream().noneMatch(other -> other.endpoint().equals(entry.endpoint()))) {
            known.add(entry);
        }
    }

    boolean hasKnown() {
        return !known.isEmpty();
    }

    /** The known peer whose turn it is, taken out, or null. */
    Entry pollKnown() {
        return known.poll();
    }
}
