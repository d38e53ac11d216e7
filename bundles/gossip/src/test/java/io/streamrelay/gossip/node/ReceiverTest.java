// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.api.crypto.SigningKey;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Action.Incoming;
import io.streamrelay.gossip.engine.Event;
import io.streamrelay.gossip.node.envelope.Cbor;
import io.streamrelay.gossip.node.envelope.Envelope;
import io.streamrelay.gossip.node.envelope.EnvelopeWriter;
import io.streamrelay.gossip.node.order.OrderRoom;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiverTest {

    private static final Id PACKET = TestParts.PACKET;

    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private TestParts parts;
    private Sealer sealer;
    private SubclusterMemory memory;
    private Receiver receiver;
    private SigningKey sender;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        parts = new TestParts(folder);
        sealer = parts.keys.sealer(parts.keys.sharedKey("secret"));
        memory = SubclusterMemory.of(sealer.subclusterId(), parts.parts, new OrderRoom());
        sender = parts.keys.signingKey(parts.keys.randomKey());
        StreamInbox streams = new StreamInbox(parts.dispatcher, parts.clock);
        receiver = new Receiver(parts.parts, sealer, memory, streams);
        memory.taker().become((arrivals, notes) -> take(received, arrivals, notes));
    }

    @AfterEach
    void close() {
        parts.close();
    }

    @Test
    void deliversTheMessagesOfAnEnvelopeInOrder() throws Exception {
        receive(envelope(sender, 1, "a", "b", "c"));
        assertReceived("a", "b", "c");
    }

    @Test
    void restoresASendersOrder() throws Exception {
        receive(envelope(sender, 1, "a"), envelope(sender, 3, "c"), envelope(sender, 2, "b"));
        assertReceived("a", "b", "c");
    }

    @Test
    void deliversWhatItHasWhenAGapStaysOpen() throws Exception {
        receive(envelope(sender, 1, "a"), envelope(sender, 3, "c"));
        assertReceived("a");
        parts.clock.advance(5_000);
        memory.lane().execute(receiver::timerDue);
        assertReceived("a", "c");
        receive(envelope(sender, 2, "b"));
        assertReceived("a", "c", "b");
    }

    /** A gateway that starts with a store full of what it has not delivered hears its peers at once. */
    @Test
    void whatHasWaitedInTheStoreKeepsNobodyElseWaiting() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        memory.lane().execute(() -> awaitQuietly(busy));
        Incoming one = sealedAs(new byte[3]);
        for (int i = 0; i <= Backlog.MESSAGES_MAX; i++) {
            receiver.receive(waited(one));
        }
        assertTrue(parts.opening.awaitRoom(0), "datagrams are taken");
        for (int i = 0; i < Backlog.MESSAGES_MAX; i++) {
            receiver.receive(one);
        }
        assertFalse(parts.opening.awaitRoom(0), "but no more than a backlog of them");
        busy.countDown();
        assertTrue(parts.opening.awaitRoom(10_000));
    }

    private Incoming sealedAs(byte[] sealed) {
        return new Incoming(sealer.subclusterId(), EventIds.ENVELOPE, null, null, null, sealed, PACKET, null, 0, 1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Incoming waited(Incoming message) {
        return new Incoming(
                message.subcluster(),
                message.event(),
                null,
                null,
                null,
                message.sealed(),
                message.packetId(),
                null,
                0,
                1,
                true);
    }

    @Test
    void givesWhatItHeldToWhoWasOpenedUnderAnotherName() throws Exception {
        receive(envelope(sender, 1, "a"), envelope(sender, 3, "c"));
        assertReceived("a");
        List<String> renamed = Collections.synchronizedList(new ArrayList<>());
        memory.taker().become((arrivals, notes) -> take(renamed, arrivals, notes));
        parts.clock.advance(5_000);
        memory.lane().execute(receiver::timerDue);
        assertReceived("a");
        assertEquals(List.of("c"), renamed);
    }

    @Test
    void deliversAnEnvelopeOnceWhateverItsSealLooksLike() throws Exception {
        receive(envelope(sender, 1, "a"), envelope(sender, 1, "a"));
        assertReceived("a");
        assertEquals(1, parts.counter("drop.envelope-repeated"));
    }

    @Test
    void remembersWhatItHadWhenTheSubclusterIsOpenedAgain() throws Exception {
        receive(envelope(sender, 1, "a"));
        receiver = new Receiver(parts.parts, sealer, memory, new StreamInbox(parts.dispatcher, parts.clock));
        receive(envelope(sender, 1, "a"), envelope(sender, 2, "b"));
        assertReceived("a", "b");
    }

    @Test
    void refusesSendersThatAreNotTrustedAndCountsThem() throws Exception {
        receiver.trust(Set.of(parts.keys.signingKey(parts.keys.randomKey()).publicKey()));
        receive(envelope(sender, 1, "a"));
        assertReceived();
        assertEquals(1, parts.counter("drop.sender-not-trusted"));
        receiver.trust(Set.of(sender.publicKey()));
        receive(envelope(sender, 1, "a"));
        assertReceived("a");
    }

    @Test
    void leavesOutWhatThisNodeSentBeforeARestart() throws Exception {
        receive(envelope(parts.identity.signingKey(), 1, "mine"));
        byte[] raw = "mine, too".getBytes(StandardCharsets.UTF_8);
        receive(raw(raw, parts.identity.signingKey(), null));
        assertReceived();
        assertEquals(2, parts.counter("drop.own-message"));
    }

    @Test
    void deliversARawMessageOfAJavaScriptPeerAsItComes() throws Exception {
        receive(raw("one".getBytes(StandardCharsets.UTF_8), sender, null));
        receive(new Incoming(
                sealer.subclusterId(),
                EventIds.of("event"),
                null,
                null,
                null,
                sealer.seal("two".getBytes(StandardCharsets.UTF_8)),
                PACKET,
                null,
                0,
                2));
        assertReceived("one", "two");
    }

    @Test
    void restoresTheOrderOfRawMessagesOfOurKind() throws Exception {
        receive(raw("b".getBytes(StandardCharsets.UTF_8), sender, new RawHint(1, 2)));
        assertReceived();
        receive(raw("a".getBytes(StandardCharsets.UTF_8), sender, new RawHint(1, 1)));
        assertReceived("a", "b");
    }

    @Test
    void neverDropsARawMessageForAHintThatNobodyVouchesFor() throws Exception {
        receive(raw("a".getBytes(StandardCharsets.UTF_8), sender, new RawHint(1, 1)));
        receive(raw("b".getBytes(StandardCharsets.UTF_8), sender, new RawHint(1, 1)));
        assertReceived("a", "b");
    }

    @Test
    void countsWhatCannotBeOpened() throws Exception {
        Incoming good = envelope(sender, 1, "a");
        byte[] damaged = good.sealed().clone();
        damaged[damaged.length - 1] ^= 1;
        receive(new Incoming(good.subcluster(), good.event(), null, null, null, damaged, PACKET, null, 0, 1));
        receive(new Incoming(good.subcluster(), good.event(), null, null, null, new byte[3], PACKET, null, 0, 1));
        assertReceived();
        assertEquals(2, parts.counter("drop.cannot-open"));
    }

    @Test
    void countsAnEnvelopeThatIsNone() throws Exception {
        byte[] sealed = sealer.seal("not an envelope".getBytes(StandardCharsets.UTF_8));
        receive(new Incoming(sealer.subclusterId(), EventIds.ENVELOPE, null, null, null, sealed, PACKET, null, 0, 1));
        assertReceived();
        assertEquals(1, parts.counter("drop.envelope-not-one"));
    }

    @Test
    void goesOnWhereItWasAfterARestart() throws Exception {
        receive(envelope(sender, 1, "a"), envelope(sender, 2, "b"), envelope(sender, 5, "held back"));
        assertReceived("a", "b");
        restart();
        receive(envelope(sender, 2, "b"), envelope(sender, 5, "e"), envelope(sender, 3, "c"), envelope(sender, 4, "d"));
        assertReceived("a", "b", "c", "d", "e");
        assertEquals(1, parts.counter("drop.envelope-repeated"));
    }

    @Test
    void leavesOutWhatHasLivedAsLongAsItMay() throws Exception {
        Incoming young = envelope(sender, 1, "a");
        receive(aged(young, 999));
        assertReceived("a");
        receive(aged(envelope(sender, 2, "b"), 1_000));
        assertReceived("a");
        assertEquals(1, parts.counter("drop.expired"));
    }

    @Test
    void handsOnWhatWaitsWhenTheStoreLetsGoOfItsPacket() throws Exception {
        receiver.waitFor(Duration.ofDays(30));
        Id packet = Id.ofHex("55".repeat(32));
        // Not opened yet when the packet goes: a full store may let go of what has just come.
        receive(envelope(sender, 1, "a"), carriedBy(packet, envelope(sender, 3, "c")));
        letGo(packet);
        assertReceived("a", "c");
        assertEquals(1, parts.counter("order.let-go"));
        receive(envelope(sender, 2, "b"));
        letGo(packet);
        assertReceived("a", "c", "b");
        assertEquals(1, parts.counter("order.late"));
    }

    /** A kill in between would lose it: whoever else had it has been told that it is held here. */
    @Test
    void storeRemovesAPacketOnlyAfterItHasGotWhatWaited() throws Exception {
        receiver.waitFor(Duration.ofDays(30));
        Id packet = Id.ofHex("55".repeat(32));
        parts.store.commit(
                List.of(new StoreChange.PutPacket(StoredPacket.fresh(packet, new byte[9], false, 0, 9_000))));
        List<Boolean> held = Collections.synchronizedList(new ArrayList<>());
        memory.taker()
                .become((arrivals, notes) -> held.add(!parts.store.packets().isEmpty()));
        CountDownLatch busy = new CountDownLatch(1);
        memory.lane().execute(() -> awaitQuietly(busy));
        receive(carriedBy(packet, envelope(sender, 3, "c")));
        letGo(packet);
        parts.store.commit(List.of()).toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertEquals(1, parts.store.packets().size());
        busy.countDown();
        TestParts.await(memory.lane());
        parts.store.commit(List.of()).toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertEquals(List.of(true), held);
        assertEquals(List.of(), parts.store.packets());
    }

    @Test
    void engineHearsOfEachMessageThatItIsTakenWhateverBecameOfIt() throws Exception {
        receive(envelope(sender, 1, "a"), envelope(sender, 3, "waits"), sealedAs(new byte[3]));
        TestParts.await(memory.lane());
        assertEquals(Collections.nCopies(3, new Event.Taken(PACKET)), parts.events());
    }

    private void letGo(Id packet) {
        memory.letGo(List.of(new Action.LetGo(sealer.subclusterId(), packet, packet)), parts.parts);
    }

    @Test
    void leavesWhatWaitsWhenAnotherPacketGoes() throws Exception {
        receive(envelope(sender, 1, "a"), envelope(sender, 3, "c"));
        letGo(Id.ofHex("55".repeat(32)));
        assertReceived("a");
    }

    @Test
    void handsOnAsTheyComeWhenNoneIsToWait() throws Exception {
        receive(envelope(sender, 1, "a"), envelope(sender, 3, "c"));
        assertReceived("a");
        receiver.waitFor(Duration.ZERO);
        assertReceived("a", "c");
        receive(envelope(sender, 5, "e"), envelope(sender, 4, "d"), envelope(sender, 2, "b"));
        assertReceived("a", "c", "e", "d", "b");
    }

    @Test
    void saysHowOldAMessageIsThatHasWaited() throws Exception {
        List<Long> ages = new ArrayList<>();
        memory.taker().become((arrivals, notes) -> arrivals.forEach(each -> ages.add(each.ageMs())));
        receiver.waitFor(Duration.ofDays(1));
        receive(aged(envelope(sender, 2, "b"), 100));
        TestParts.await(memory.lane());
        parts.clock.advance(7_200_000);
        receive(aged(envelope(sender, 1, "a"), 300));
        TestParts.await(memory.lane());
        assertEquals(List.of(300L, 7_200_100L), ages);
    }

    @Test
    void givesUpTheGapsOfSeveralSendersAtOnce() throws Exception {
        SigningKey other = parts.keys.signingKey(parts.keys.randomKey());
        receive(envelope(sender, 2, "b"), envelope(other, 2, "B"));
        assertReceived();
        parts.clock.advance(5_000);
        memory.lane().execute(receiver::timerDue);
        assertReceived("b", "B");
    }

    @Test
    void reportsWhatItDoesNotWaitForAnyMoreAndGoesOnDoingSoAfterARestart() throws Exception {
        receive(envelope(sender, 1, "a"), envelope(sender, 6, "f"));
        assertReceived("a");
        assertEquals(List.of(), memory.envelopes().gaps());
        parts.clock.advance(5_000);
        memory.lane().execute(receiver::timerDue);
        assertReceived("a", "f");
        assertGaps(2, 5);
        restart();
        assertGaps(2, 5);
        receive(envelope(sender, 4, "d"));
        assertReceived("a", "f", "d");
        assertGaps(2, 3, 5, 5);
        restart();
        receive(envelope(sender, 5, "e"));
        assertReceived("a", "f", "d", "e");
        assertGaps(2, 3);
        assertEquals(2, parts.counter("order.late"));
    }

    @Test
    void saysSinceWhenItDoesNotWaitAnyMore() throws Exception {
        receiver.waitFor(Duration.ZERO);
        receive(envelope(sender, 2, "b"));
        assertReceived("b");
        assertEquals(
                WallClock.stampMs(parts.clock.now()),
                memory.envelopes().gaps().get(0).sinceMs());
    }

    @Test
    void reportsNoGapOfRawMessages() throws Exception {
        receiver.waitFor(Duration.ZERO);
        receive(raw("b".getBytes(StandardCharsets.UTF_8), sender, new RawHint(1, 2)));
        assertReceived("b");
        assertEquals(List.of(), memory.raw().gaps());
    }

    /** As stores have them from before there were gaps in them. */
    @Test
    void readsANoteWithoutGaps() throws Exception {
        String key = "order/" + sealer.subclusterId().hex() + "/envelope/"
                + sender.publicKey().hex() + "/1";
        byte[] note = Cbor.encode(cbor -> {
            cbor.writeStartArray(null, 3);
            for (int number : new int[] {4, 1, 3}) {
                cbor.writeNumber(number);
            }
            cbor.writeEndArray();
        });
        parts.store.commit(List.of(new StoreChange.PutNote(key, note)));
        restart();
        receive(envelope(sender, 3, "c"), envelope(sender, 4, "d"));
        assertReceived("d");
        assertEquals(List.of(), memory.envelopes().gaps());
    }

    private void restart() {
        // Behind what was handed to the store before.
        parts.store
                .commit(List.of(new StoreChange.RemoveNote("none")))
                .toCompletableFuture()
                .join();
        memory = SubclusterMemory.of(sealer.subclusterId(), parts.parts, new OrderRoom());
        memory.taker().become((arrivals, notes) -> take(received, arrivals, notes));
        receiver = new Receiver(parts.parts, sealer, memory, new StreamInbox(parts.dispatcher, parts.clock));
    }

    private void assertGaps(long... bounds) {
        long[] found = memory.envelopes().gaps().stream()
                .peek(gap -> assertEquals(sender.publicKey(), gap.sender()))
                .flatMapToLong(gap -> LongStream.of(gap.from(), gap.to()))
                .toArray();
        assertArrayEquals(bounds, found);
    }

    private static Incoming carriedBy(Id packet, Incoming message) {
        return new Incoming(
                message.subcluster(), message.event(), null, null, null, message.sealed(), packet, null, 0, 1);
    }

    private static Incoming aged(Incoming message, long ageMs) {
        return new Incoming(
                message.subcluster(),
                message.event(),
                null,
                null,
                null,
                message.sealed(),
                message.packetId(),
                null,
                ageMs,
                message.hops());
    }

    private void take(List<String> texts, List<Arrival> arrivals, List<StoreChange> notes) {
        arrivals.forEach(each -> texts.add(text(each)));
        parts.store.commit(notes);
    }

    private Incoming envelope(SigningKey key, long sequence, String... texts) {
        List<Message> messages = new ArrayList<>();
        for (String text : texts) {
            messages.add(Message.of("topic", text.getBytes(StandardCharsets.UTF_8)));
        }
        Envelope envelope = new Envelope(key.publicKey(), 1, sequence, 0, Envelope.UNKNOWN, 0, 1_000, messages);
        return sealedAs(sealer.seal(new EnvelopeWriter(key).write(envelope, sealer.subclusterId())));
    }

    private Incoming raw(byte[] payload, SigningKey key, RawHint hint) {
        return new Incoming(
                sealer.subclusterId(),
                EventIds.of("event"),
                key.publicKey(),
                key.signReference(payload),
                hint == null ? null : hint.encode(),
                sealer.seal(payload),
                PACKET,
                null,
                0,
                1);
    }

    private void receive(Incoming... messages) {
        for (Incoming message : messages) {
            receiver.receive(message);
        }
    }

    private void assertReceived(String... texts) throws Exception {
        TestParts.await(memory.lane());
        assertEquals(List.of(texts), received);
    }

    private static String text(Arrival arrival) {
        return new String(arrival.message().payload(), StandardCharsets.UTF_8);
    }
}
