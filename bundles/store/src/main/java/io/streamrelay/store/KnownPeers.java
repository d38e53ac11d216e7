// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The peers heard last, in memory and, now and then, in their file. Anybody reads, one thread does the rest. */
final class KnownPeers {

    private final RecentPeers recent = new RecentPeers();
    private final PeersSaver saver;

    private KnownPeers(PeersFile file, List<StoredPeer> mostRecentFirst, Duration interval) {
        for (int i = mostRecentFirst.size() - 1; i >= 0; i--) {
            recent.heard(mostRecentFirst.get(i));
        }
        saver = new PeersSaver(file, this::mostRecentFirst, mostRecentFirst, interval, System.nanoTime());
    }

    /** @throws IOException when the file cannot be read */
    static KnownPeers open(PeersFile file, Duration interval) throws IOException {
        return new KnownPeers(file, file.read(), interval);
    }

    synchronized List<StoredPeer> mostRecentFirst() {
        return recent.mostRecentFirst();
    }

    synchronized int size() {
        return recent.size();
    }

    /** Takes the peers out of changes that are committed. */
    void apply(List<StoreChange> changes) {
        for (StoreChange change : changes) {
            if (change instanceof StoreChange.PutPeer put) {
                heard(put.peer());
                saver.changed();
            }
        }
    }

    private synchronized void heard(StoredPeer peer) {
        recent.heard(peer);
    }

    long waitNanos() {
        return saver.waitNanos(System.nanoTime());
    }

    void saveIfDue() {
        saver.saveIfDue(System.nanoTime());
    }

    void save() {
        saver.save();
    }
}
