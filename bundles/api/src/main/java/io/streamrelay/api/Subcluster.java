// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** A group of peers that share a key: what one emits, every other can read, now or later. Thread-safe. */
@ProviderType
public interface Subcluster extends AutoCloseable {

    /** The local name. */
    String name();

    /** The public id: the Ed25519 public key that the shared key leads to. */
    Id id();

    /**
     * Emits a raw event, as JavaScript peers send and receive it: members learn the payload and that a member sent
     * it. The stage completes when the message is committed, or fails with {@link RefusedException}. The call waits
     * for a bounded time when the node is busy.
     */
    CompletionStage<Receipt> emit(String event, byte[] payload);

    /** As {@link #emit(String, byte[])}, with UTF-8 text. */
    default CompletionStage<Receipt> emit(String event, String text) {
        return emit(event, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends a message in an envelope: members learn the whole message and who sent it, once, in the sender's order.
     * Small messages that are sent close together share a packet. Completes and waits as {@link #emit}.
     */
    CompletionStage<Receipt> send(Message message);

    /**
     * Listens to an event name (raw) or topic (enveloped), exact, as {@link #listen} does: what comes while nobody listens
     * is not handed over later. Who must not miss any uses {@link #consume}. Messages of this very node are heard too, see
     * {@link Received#local()}.
     */
    Registration on(String event, java.util.function.Consumer<? super Received> listener);

    /**
     * Listens to what matches, without keeping anything for it: what comes while nobody listens is not handed over later.
     * Messages of this very node are heard too, see {@link Received#local()}.
     */
    Registration listen(Interest interest, java.util.function.Consumer<? super Received> listener);

    /**
     * Registers a durable consumer. What it has not acknowledged waits for it, also while it is not open, until it has
     * reached its lifetime. When 256 MB wait, no more of this subcluster is taken out of the mesh before half of that is
     * acknowledged; a consumer that has not been open for an hour has no such hold on others, and loses what finds no
     * room, and from seven days on what is more than 10,000 messages.
     *
     * @throws IllegalStateException when a consumer of that name is open
     */
    Consumer consume(String name, Interest interest, DeliveryHandler handler);

    /** Listens to other members of this subcluster that come within reach; those already there are told first. */
    Registration onJoin(java.util.function.Consumer<? super RemotePeer> listener);

    /** Listens to members that have gone. */
    Registration onLeave(java.util.function.Consumer<? super Id> listener);

    /** The peers known to be members and connected. */
    Set<Id> members();

    /**
     * What members have sent in envelopes and this node waits for no longer, the most recently given up first; also over
     * restarts. At most 256 for each sender and 4,096 in all: the oldest are forgotten first. What a sender sent last is
     * in none until something later of it comes.
     */
    List<GapInfo> gaps();

    /** What has gone through it since it was opened. */
    SubclusterInfo info();

    /**
     * Moves all members to a new random key. They learn it from a message under the present one, those that are away
     * when they are back; each opens messages under both keys for {@code overlap} from then on, and sends under the new
     * one alone. Afterwards the old one is closed. Who is away for longer than the message lives has to be invited again.
     *
     * <p>It does not shut out a holder of the present key that still listens: who has that key reads the message with
     * the next. For that, make another subcluster and invite those who are to be in it.
     *
     * @param overlap how long the old key still opens messages, 1 min to 30 d
     * @return completes when the message is committed and this node has changed, or fails as {@link #send} does
     * @throws IllegalArgumentException when {@code overlap} is out of bounds
     */
    CompletionStage<Receipt> rotate(Duration overlap);

    /** Takes no further part; consumers are closed, what waits for them stays. */
    @Override
    void close();
}
