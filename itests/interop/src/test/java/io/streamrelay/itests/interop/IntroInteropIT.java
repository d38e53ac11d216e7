// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.gossip.node.StreamRelayNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How our node and reference peers find each other through a third one. Each host of the test has its address. */
class IntroInteropIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration SEARCH = Duration.ofSeconds(20);
    private static final int SEARCHES = 4;
    private static final String CLUSTER = "interop";
    private static final String EVENT = "e";
    private static final byte[] KEY = new byte[32];
    private static final NatTransport SYMMETRIC = new NatTransport(NatType.ENDPOINT_RESTRICTED, "127.0.0.77");

    @TempDir
    Path folder;

    private final List<ReferencePeer> references = new ArrayList<>();
    private StreamRelayNode node;

    @AfterEach
    void close() {
        node.close();
        List<String> crashes =
                references.stream().flatMap(peer -> peer.crashes().stream()).toList();
        references.forEach(ReferencePeer::close);
        assertEquals(List.of(), crashes);
    }

    private ReferencePeer member(String address) {
        ReferencePeer peer = listed(ReferencePeer.inCluster(CLUSTER, address));
        join(peer);
        return peer;
    }

    private ReferencePeer listed(ReferencePeer peer) {
        references.add(peer);
        return peer;
    }

    private static void join(ReferencePeer peer) {
        peer.subcluster("s", KEY);
        peer.on("s", EVENT);
    }

    /** It says so once it is connected, so that the other hears it at once. */
    private static void joinAt(ReferencePeer introducer, ReferencePeer peer) {
        peer.connect(introducer.endpoint(), null);
        join(peer);
    }

    private Subcluster subscribe() {
        return node.subcluster(SubclusterOptions.of("s", SharedKey.ofBytes(KEY)));
    }

    private static boolean isConnected(StreamRelay node, Id peer) {
        return node.peers().stream().anyMatch(info -> info.id().equals(peer));
    }

    @Test
    @Tag("case-23")
    void connectsToWhomAReferenceIntroduces() throws IOException {
        ReferencePeer introducer = member("127.0.0.2");
        node = LoopbackNode.open(folder, CLUSTER, introducer.endpoint().toString());
        subscribe();
        introducer.awaitJoin(node.info().peerId(), SOON);
        ReferencePeer ann = listed(ReferencePeer.inCluster(CLUSTER, "127.0.0.3"));
        joinAt(introducer, ann);
        Eventually.holds("ann is connected", SOON, () -> isConnected(node, ann.id()));
        ann.awaitConnection(node.info().peerId(), SOON);
    }

    @Test
    @Tag("case-22")
    void introducesReferencesToEachOther() throws IOException {
        node = LoopbackNode.open(folder, CLUSTER);
        ReferencePeer ann = member("127.0.0.1");
        ann.connect(LoopbackNode.endpoint(node), "s");
        ReferencePeer bob = listed(ReferencePeer.inCluster(CLUSTER, "127.0.0.1"));
        bob.connect(LoopbackNode.endpoint(node), null);
        join(bob);
        ann.awaitConnection(bob.id(), SOON);
        bob.awaitConnection(ann.id(), SOON);
    }

    @Test
    @Tag("case-27")
    void getsThroughFromBehindASymmetricNatToAPortRestrictedReference() throws IOException {
        ReferencePeer introducer = member("127.0.0.2");
        node = LoopbackNode.open(
                folder, CLUSTER, SYMMETRIC, introducer.endpoint().toString(), second());
        Subcluster subcluster = subscribe();
        Eventually.holds("it is symmetric", SOON, () -> node.info().natType() == NatType.ENDPOINT_RESTRICTED);
        ReferencePeer found = searchAndFind(introducer);
        subcluster.emit(EVENT, new byte[] {1});
        assertArrayEquals(
                new byte[] {1},
                found.awaitMessages(SOON, messages -> !messages.isEmpty())
                        .get(0)
                        .payload());
    }

    /**
     * One search for a pair of ports meets with 94 % (bundles/gossip/MEETING.md), and the reference introduces a peer
     * once: each further peer, on a host of its own, is another search.
     */
    private ReferencePeer searchAndFind(ReferencePeer introducer) {
        for (int search = 1; search <= SEARCHES; search++) {
            ReferencePeer peer = listed(ReferencePeer.behind(NatType.PORT_RESTRICTED, CLUSTER, "127.0.1." + search));
            joinAt(introducer, peer);
            if (Eventually.happens(SEARCH, () -> isConnected(node, peer.id()))) {
                return peer;
            }
        }
        throw new AssertionError("none of " + SEARCHES + " peers was found");
    }

    @Test
    @Tag("case-24")
    void streamsThroughTheIntroducerToWhomItCannotReach() throws IOException {
        ReferencePeer introducer = member("127.0.0.2");
        node = LoopbackNode.open(
                folder, CLUSTER, SYMMETRIC, introducer.endpoint().toString(), second());
        Subcluster subcluster = subscribe();
        Eventually.holds("it is symmetric", SOON, () -> node.info().natType() == NatType.ENDPOINT_RESTRICTED);
        ReferencePeer ann = listed(ReferencePeer.behind(NatType.ENDPOINT_RESTRICTED, CLUSTER, "127.0.0.3"));
        subcluster.onJoin(peer -> peer.emit(EVENT, new byte[] {2}));
        joinAt(introducer, ann);
        List<ReferenceMessage> heard =
                ann.awaitMessages(SOON, messages -> messages.stream().anyMatch(ReferenceMessage::streamed));
        assertArrayEquals(new byte[] {2}, heard.get(0).payload());
    }

    /** Two hosts are needed to find out what stands before the node. */
    private String second() {
        return listed(ReferencePeer.inCluster(CLUSTER, "127.0.0.4")).endpoint().toString();
    }
}
