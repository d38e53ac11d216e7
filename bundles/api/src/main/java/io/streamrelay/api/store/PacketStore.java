// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.store;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** What one node remembers. Thread-safe; changes take effect in the order in which they are handed in. */
@ProviderType
public interface PacketStore extends AutoCloseable {

    /** The packets that are held, oldest first. */
    List<StoredPacket> packets();

    /** The deliveries that wait for a consumer, oldest first. */
    List<StoredDelivery> deliveries(String consumer);

    /** The names of consumers that have ever been opened. */
    List<String> consumers();

    /** The peers to try first, most recently heard first. */
    List<StoredPeer> peers();

    /** A number that is higher than all that this store has given before, from 1; on disk before it is returned. */
    long nextEpoch();

    /**
     * Commits changes, all or none. The stage completes on the store's own thread when they are safe, and fails when
     * they cannot be.
     */
    CompletionStage<Void> commit(List<StoreChange> changes);

    /** Entries and bytes held, by name. */
    Map<String, Long> counters();

    /** Commits what was handed in and closes. */
    @Override
    void close();
}
