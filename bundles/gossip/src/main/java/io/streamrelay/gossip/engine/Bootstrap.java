// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoredPeer;
import java.util.ArrayList;
import java.util.List;

/** Where to look for first peers: the configured list, whose names may need looking up, and the remembered ones. */
final class Bootstrap {

    /** One address to try. */
    record Entry(Endpoint endpoint, Id expected, boolean configured) {}

    private final Turn turn;
    private final List<Entry> entries = new ArrayList<>();

    Bootstrap(Turn turn) {
        this.turn = turn;
    }

    /** Reads the configured list anew; host names are looked up. */
    void configured() {
        entries.removeIf(Entry::configured);
        for (String text : turn.config().bootstrap()) {
            int at = text.indexOf('@');
            int colon = text.lastIndexOf(':');
            String host = text.substring(at + 1, colon);
            int port = Integer.parseInt(text.substring(colon + 1));
            if (Endpoint.isLiteral(host)) {
                add(new Entry(Endpoint.of(host, port), at < 0 ? null : Id.ofHex(text.substring(0, at)), true));
            } else {
                turn.act(new Action.Resolve(host, port));
            }
        }
    }

    void remembered(List<StoredPeer> peers) {
        peers.forEach(peer -> add(new Entry(peer.endpoint(), peer.id(), false)));
    }

    /** A configured name has these addresses. */
    void resolved(int port, List<Integer> addresses) {
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
