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

    /**
     * The packets that are held, oldest first, with their ages as of now: the time during which the store was closed
     * counts as far as the host's clock was set before and after.
     */
    List<StoredPacket> packets();

    /**
     * The packets that were ever put, by the first eight bytes of their ids (big-endian), oldest first: as many as a
     * store remembers, at least 262,144 (as the engine does), also after the packets themselves have gone.
     */
    long[] seen();

    /** What waits for a consumer, in sum. */
    StoredQueue queue(String consumer);

    /**
     * The deliveries that wait for a consumer, by rising number.
     *
     * @param after only those with a higher number than this
     * @param max this many at the most
     */
    List<StoredDelivery> deliveries(String consumer, long after, int max);

    /** The names of consumers that have ever been opened. */
    List<String> consumers();

    /** The peers to try first, most recently heard first. */
    List<StoredPeer> peers();

    /** The notes whose keys begin with a text, by key. */
    Map<String, byte[]> notes(String prefix);

    /** A number that is higher than all that this store has given before, from 1; on disk before it is returned. */
    long nextEpoch();

    /**
     * Commits changes, all or none. The stage completes on the store's own thread when they are safe, and fails when
     * they cannot be.
     */
    CompletionStage<Void> commit(List<StoreChange> changes);

    /**
     * Entries and bytes held, by name, among them {@code packets}, {@code packets.bytes}, {@code deliveries} and
     * {@code deliveries.bytes}; {@code failing} is 1 while commits fail, for want of room for example.
     */
    Map<String, Long> counters();

    /** Commits what was handed in and closes. */
    @Override
    void close();
}
