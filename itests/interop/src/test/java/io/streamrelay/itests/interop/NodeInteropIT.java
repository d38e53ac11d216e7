// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Received;
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.gossip.node.StreamRelayNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our node and an unmodified reference peer, the two alone in the world, as members of one subcluster. */
class NodeInteropIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String CLUSTER = "interop";
    private static final String EVENT = "sensors/t";
    private static final KeyRing KEYS = new BouncyKeyRing();

    @TempDir
    Path folder;

    private final byte[] sharedKey = KEYS.randomKey();
    private final Journal<Received> inbox = new Journal<>();
    private ReferencePeer reference;
    private StreamRelayNode node;
    private Subcluster subcluster;

    @BeforeEach
    void open() {
        reference = ReferencePeer.inCluster(CLUSTER);
        reference.subcluster("s", sharedKey);
        reference.on("s", EVENT);
    }

    private void openNode(String... peers) throws IOException {
        node = LoopbackNode.open(folder, CLUSTER, peers);
        subcluster = node.subcluster(SubclusterOptions.of("s", SharedKey.ofBytes(sharedKey)));
        subcluster.on(EVENT, message -> {
            if (!message.local()) {
                inbox.add(message);
            }
        });
    }

    @AfterEach
    void close() {
        node.close();
        List<String> crashes = reference.crashes();
        reference.close();
        assertEquals(List.of(), crashes, "what we send must not make the reference throw");
    }

    private List<byte[]> awaitInbox(int count) {
        return inbox.await(SOON, messages -> messages.size() >= count).stream()
                .map(received -> received.message().payload())
                .toList();
    }

    private void comeToTheReference() throws IOException {
        openNode(reference.endpoint().toString());
        reference.awaitConnection(node.info().peerId(), SOON);
    }

    /** The reference says which subcluster it is a member of when it comes to us, otherwise once in its keepalive. */
    private void meetAsMembers() {
        reference.connect(LoopbackNode.endpoint(node), "s");
        reference.awaitJoin(node.info().peerId(), SOON);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 864, 865, 20_000})
    @Tag("case-5")
    @Tag("case-12")
    @Tag("case-13")
    void referenceGetsWhatWeEmitVerifiedAndOnce(int size) throws IOException {
        comeToTheReference();
        Payloads payloads = Payloads.ofSizes(size, 2);
        payloads.all().forEach(payload -> subcluster.emit(EVENT, payload));
        List<ReferenceMessage> heard = reference.awaitMessages(SOON, messages -> messages.size() >= 2);
        assertTrue(heard.stream().allMatch(ReferenceMessage::verified));
        payloads.assertEachOnce(heard.stream().map(ReferenceMessage::payload).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 864, 865, 20_000})
    @Tag("case-12")
    @Tag("case-13")
    void getsWhatTheReferenceEmitsOnce(int size) throws IOException {
        comeToTheReference();
        Payloads payloads = Payloads.ofSizes(size, 2);
        payloads.all().forEach(payload -> reference.emit("s", EVENT, payload));
        payloads.assertEachOnce(awaitInbox(2));
        assertTrue(
                inbox.entries().stream().allMatch(message -> message.authenticity() == Received.Authenticity.MEMBER));
    }

    @Test
    void exchangesManyInBothDirectionsAtOnceEachOnce() throws IOException {
        comeToTheReference();
        Payloads ours = Payloads.ofSizes(IntStream.range(100, 200).toArray());
        Payloads theirs = Payloads.ofSizes(IntStream.range(200, 300).toArray());
        ours.all().forEach(payload -> subcluster.emit(EVENT, payload));
        theirs.all().forEach(payload -> reference.emit("s", EVENT, payload));
        List<ReferenceMessage> heard = reference.awaitMessages(SOON, messages -> messages.size() >= 100);
        ours.assertEachOnce(heard.stream().map(ReferenceMessage::payload).toList());
        theirs.assertEachOnce(awaitInbox(100));
    }

    @Test
    void meetsAReferenceThatComesToUs() throws IOException {
        openNode();
        meetAsMembers();
        Payloads payloads = Payloads.ofSizes(10);
        payloads.all().forEach(payload -> subcluster.emit(EVENT, payload));
        reference.awaitMessages(SOON, messages -> !messages.isEmpty());
        payloads.all().forEach(payload -> reference.emit("s", EVENT, payload));
        payloads.assertEachOnce(awaitInbox(1));
    }

    @Test
    @Tag("case-33")
    void repairsWhatWasEmittedBeforeTheyMet() throws IOException {
        openNode();
        Payloads payloads = Payloads.ofSizes(50, 3_000);
        payloads.all().forEach(payload -> subcluster.emit(EVENT, payload));
        meetAsMembers();
        List<ReferenceMessage> heard = reference.awaitMessages(SOON, messages -> messages.size() >= 2);
        payloads.assertEachOnce(heard.stream().map(ReferenceMessage::payload).toList());
    }

    @Test
    @Tag("case-18")
    @Tag("case-28")
    void greetsAReferenceThatHasJoined() throws IOException {
        openNode();
        // A reference drops streams of a peer that it does not list yet, so the greeting waits until it does.
        meetAsMembers();
        subcluster.onJoin(peer -> peer.emit(EVENT, "hello"));
        List<ReferenceMessage> heard =
                reference.awaitMessages(SOON, messages -> messages.stream().anyMatch(ReferenceMessage::streamed));
        assertEquals("hello", new String(heard.get(0).payload(), StandardCharsets.UTF_8));
    }

    @Test
    @Tag("case-28")
    void hearsAReferencesStream() throws IOException {
        openNode();
        Journal<Received> streamed = new Journal<>();
        subcluster.onJoin(peer -> peer.on(EVENT, streamed::add));
        meetAsMembers();
        reference.stream("s", node.info().peerId(), EVENT, new byte[] {7});
        Received received =
                streamed.await(SOON, messages -> !messages.isEmpty()).get(0);
        assertEquals(reference.id(), received.streamedBy().orElseThrow());
    }
}
