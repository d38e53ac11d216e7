// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** One node of the mesh: in OSGi a service, in plain Java an object that is opened. Thread-safe. */
@ProviderType
public interface StreamRelay extends AutoCloseable {

    NodeInfo info();

    List<PeerInfo> peers();

    /** Those that were connected before, the most recently lost first; at most 256. */
    List<AbsentPeer> absentPeers();

    /** Those that are reached through a connected peer alone; at most 256. */
    List<ProxiedPeer> proxiedPeers();

    /** What this node holds. */
    StoreInfo store();

    /** What would be lost with this node, by subcluster; without those that nothing waits for. */
    List<BacklogInfo> backlog();

    /**
     * Bytes of payload, packets and refusals since the start, and drops since the store was made (of the last minute before
     * a power cut some may lack), by name, sorted.
     */
    Map<String, Long> counters();

    /**
     * Takes part in a subcluster, or changes how: the same name again replaces its options.
     *
     * @throws IllegalStateException when the node is closed
     */
    Subcluster subcluster(SubclusterOptions options);

    /** The open subcluster of that local name. */
    Optional<Subcluster> subcluster(String name);

    List<Subcluster> subclusters();

    /**
     * Tells about the subcluster of that name: at once and whenever it is opened or replaced, with it; when it is
     * closed, with an empty value.
     */
    Registration watch(String name, Consumer<Optional<Subcluster>> watcher);

    /**
     * An invitation for others to take part in an open subcluster: with it they know the cluster, the key, and where to
     * begin. Whoever has it can read and write there.
     *
     * @throws IllegalArgumentException when no subcluster of that name is open
     */
    Invitation invite(String subcluster);

    /** What is still known of a message's way through this node; empty when it is forgotten or never was here. */
    Optional<TracedMessage> trace(Id message);

    /** The messages whose way is known, the latest first; at most 512. */
    List<TracedMessage> traces();

    /**
     * Asks whoever is within reach, also over other peers. The stage completes with the answers in the order in which
     * they came, each once, when there are enough of them or the query's patience is over; with none at once while
     * nobody is connected. It fails with {@link RefusedException}: BUSY when 256 questions are open, or CLOSED.
     *
     * <p>Questions and answers may get lost on the way, and nothing of them is repeated: ask again.
     */
    CompletionStage<List<Answer>> query(Query query);

    /**
     * Answers others' questions. Those for a packet that this node holds are answered without it; of several handlers
     * the first that has an answer gives it.
     */
    Registration onQuery(QueryHandler handler);

    /** Called once, when a first peer is connected; at once when that has happened. */
    Registration onReady(Consumer<? super NodeInfo> listener);

    /** Listens to what is dropped. For diagnosis: a slow listener misses some. */
    Registration onDrop(Consumer<? super Drop> listener);

    /** Stops and waits for at most 5 s until what was accepted is committed. */
    @Override
    void close();
}
