// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.api.store.StoredPeer;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.api.transport.Subnet;
import java.util.List;
import java.util.Set;

/** What can happen to an engine. Arrays are handed over: nobody changes them afterwards. */
public sealed interface Event {

    /** The sockets are open: the first event. */
    record Opened(int port, int probePort, List<Integer> localAddresses) implements Event {}

    /**
     * What the store held, right after {@link Opened}.
     *
     * @param seen the first eight bytes of the ids of all packets that were ever here, oldest first
     * @param subclusters of which messages were received before
     */
    record Restored(List<StoredPacket> packets, long[] seen, List<StoredPeer> peers, Set<Id> subclusters)
            implements Event {

        /** Of a node that knows no more of its subclusters than its packets tell. */
        public Restored(List<StoredPacket> packets, long[] seen, List<StoredPeer> peers) {
            this(packets, seen, peers, Set.of());
        }
    }

    /** A datagram arrived. */
    record Datagram(SocketId socket, Endpoint from, byte[] bytes) implements Event {}

    /** The deadline that {@link Engine#nextDeadlineMs} named has come (or any other time: it does no harm). */
    record TimerDue() implements Event {}

    /** A name that {@link Action.Resolve} asked for has these addresses; none when it could not be resolved. */
    record Resolved(String host, int port, List<Integer> addresses) implements Event {}

    /** This host's addresses have changed. */
    record AddressesChanged(List<Integer> localAddresses) implements Event {}

    /** This host's own networks, in which peers are to be looked for; none = they are not. */
    record Networks(List<Subnet> subnets) implements Event {}

    /** A node is said to be on one of this host's networks. */
    record Nearby(Endpoint endpoint) implements Event {}

    /** Takes part in a subcluster: its packets are delivered, its members are told. */
    record Subscribe(Id subcluster) implements Event {}

    /** Takes no further part. */
    record Unsubscribe(Id subcluster) implements Event {}

    /** Sends a sealed message to everybody in a subcluster. */
    record Publish(long token, Outgoing message) implements Event {}

    /** Sends a sealed message to one peer. */
    record Stream(long token, Id to, Outgoing message) implements Event {}

    /**
     * Asks whoever is within reach; {@link Action.Answered} ends it.
     *
     * @param body 1 to 1,024 bytes, JSON or not, but not the value null
     * @param patienceMs how long answers are waited for, at most 30,000
     * @param answersMax how many are enough
     */
    record Query(long token, byte[] body, long patienceMs, int answersMax) implements Event {}

    /** Whether the application wants to see others' questions from here on. */
    record Answering(boolean wanted) implements Event {}

    /** What the application says to an {@link Action.Asked}: 1 to 1,024 bytes, or null for nothing. */
    record Answer(Id query, byte[] body) implements Event {}

    /**
     * What a {@link Action.Deliver} carried is in its consumers' hands, or waits for what was sent before it. Until then
     * its packets are not let go, except at the end of their lives.
     *
     * @param message the id of the message's (first) packet
     */
    record Taken(Id message) implements Event {}

    /** What was delivered for this subcluster and has not been {@link Taken} is to be delivered again, as what waited. */
    record TakesAgain(Id subcluster) implements Event {}

    /** A {@link Action.Persist} with this token is safe. */
    record Committed(long token) implements Event {}

    /**
     * A {@link Action.Persist} with this token has failed.
     *
     * @param nothingWritten whether it is known that nothing of it is on disk
     */
    record CommitFailed(long token, String detail, boolean nothingWritten) implements Event {

        /** Of which something may be on disk. */
        public CommitFailed(long token, String detail) {
            this(token, detail, false);
        }
    }

    /** Other settings, from here on. */
    record Configured(EngineConfig config) implements Event {}

    /** The node is about to close: peers may be told. */
    record Closing() implements Event {}

    /**
     * A message as it leaves the sealer.
     *
     * @param subcluster where to
     * @param event SHA-256 of the event name (usr1)
     * @param signer the sender's public key (usr2), or null
     * @param signature 64 bytes over the plaintext as the reference signs, or null
     * @param extension at most 32 bytes of our own (usr4), or null
     * @param sealed the sealed message
     * @param lifetimeMs how long it lives
     * @param notes what is committed with it
     * @param messages how many of the application's are in it
     */
    record Outgoing(
            Id subcluster,
            Id event,
            Id signer,
            byte[] signature,
            byte[] extension,
            byte[] sealed,
            long lifetimeMs,
            List<StoreChange> notes,
            int messages) {

        /** One of the application's. */
        public Outgoing(
                Id subcluster,
                Id event,
                Id signer,
                byte[] signature,
                byte[] extension,
                byte[] sealed,
                long lifetimeMs,
                List<StoreChange> notes) {
            this(subcluster, event, signer, signature, extension, sealed, lifetimeMs, notes, 1);
        }

        /** One of the application's, with which nothing else is committed. */
        public Outgoing(
                Id subcluster,
                Id event,
                Id signer,
                byte[] signature,
                byte[] extension,
                byte[] sealed,
                long lifetimeMs) {
            this(subcluster, event, signer, signature, extension, sealed, lifetimeMs, List.of(), 1);
        }

        /** The same, which holds so many of the application's. */
        public Outgoing holding(int count) {
            return new Outgoing(subcluster, event, signer, signature, extension, sealed, lifetimeMs, notes, count);
        }
    }
}
