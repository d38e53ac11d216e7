// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.Refusal;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.transport.SocketId;
import java.util.List;

/** What an engine wants done. Arrays are handed over: nobody changes them afterwards. */
public sealed interface Action {

    /** Send a datagram. */
    record Send(SocketId socket, Endpoint to, byte[] bytes) implements Action {}

    /** Open a pooled socket on any port; sending from one that could not be opened does nothing. */
    record OpenSocket(SocketId socket) implements Action {}

    /** Close a pooled socket. */
    record CloseSocket(SocketId socket) implements Action {}

    /** Commit changes; when {@code token} is not 0, answer with Committed or CommitFailed. */
    record Persist(long token, List<StoreChange> changes) implements Action {}

    /** The Publish or Stream with this token is committed (a stream: has left). */
    record Accepted(long token, Id packetId, int packets) implements Action {}

    /** The Publish or Stream with this token was not taken. */
    record Refused(long token, Refusal reason, String detail) implements Action {}

    /** A whole message for a subscribed subcluster: open it, hand it on, and answer with {@link Event.Taken}. */
    record Deliver(Incoming message) implements Action {}

    /**
     * A packet is held no more whose message was delivered: have what waits for others kept elsewhere, and then remove it
     * from the store.
     *
     * @param message the id of the message's (first) packet
     */
    record LetGo(Id subcluster, Id message, Id packet) implements Action {}

    /** Another's question: {@link Event.Answer} it, or it is passed on to others soon. */
    record Asked(Id query, byte[] body) implements Action {}

    /** The {@link Event.Query} with this token has ended with these answers, in the order in which they came. */
    record Answered(long token, List<Answer> answers) implements Action {}

    /** Look up a host name and answer with Resolved. */
    record Resolve(String host, int port) implements Action {}

    /** Something that an observer may want to know. */
    record Observe(Observation observation) implements Action {}

    /**
     * An answer to an own question.
     *
     * @param packetId the id of its packet, or of its head
     * @param body the whole answer
     */
    record Answer(Id packetId, byte[] body) {}

    /**
     * A sealed message as it came in.
     *
     * @param subcluster which subcluster it is for
     * @param event SHA-256 of the event name (usr1)
     * @param signer what usr2 says, or null
     * @param signature 64 bytes, or null
     * @param extension usr4 of a publish when it is more than one byte, or null
     * @param sealed the sealed message, composed if it came in fragments
     * @param packetId the id of its packet, or of its head
     * @param from the sender of a stream, or null
     * @param ageMs how long ago its packet was made, in milliseconds, as far as it says so; else how long it was held
     * @param hops how many hops it took
     * @param waited whether it had come before its subcluster was subscribed, and waited here
     */
    record Incoming(
            Id subcluster,
            Id event,
            Id signer,
            byte[] signature,
            byte[] extension,
            byte[] sealed,
            Id packetId,
            Id from,
            long ageMs,
            int hops,
            boolean waited) {

        /** One that has just come. */
        public Incoming(
                Id subcluster,
                Id event,
                Id signer,
                byte[] signature,
                byte[] extension,
                byte[] sealed,
                Id packetId,
                Id from,
                long ageMs,
                int hops) {
            this(subcluster, event, signer, signature, extension, sealed, packetId, from, ageMs, hops, false);
        }
    }
}
