// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.NatType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The harness alone: what the other tests measure our node with must work without our node. */
class ReferencePeersIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final byte[] KEY = new byte[32];

    private static ReferencePeer member(String cluster) {
        ReferencePeer peer = ReferencePeer.inCluster(cluster);
        peer.subcluster("s", KEY);
        peer.on("s", "e");
        return peer;
    }

    @Test
    void exchangeMessagesOfEverySize() {
        try (ReferencePeer ann = member("a cluster");
                ReferencePeer bob = member("a cluster")) {
            ann.connect(bob.endpoint(), "s");
            bob.awaitConnection(ann.id(), SOON);
            Payloads payloads = Payloads.ofSizes(1, 864, 865, 20_000);
            payloads.all().forEach(payload -> ann.emit("s", "e", payload));
            payloads.all().forEach(payload -> bob.emit("s", "e", payload));
            for (ReferencePeer peer : List.of(ann, bob)) {
                List<ReferenceMessage> heard = peer.awaitMessages(SOON, messages -> messages.size() >= 4);
                payloads.assertEachOnce(
                        heard.stream().map(ReferenceMessage::payload).toList());
                assertTrue(heard.stream().allMatch(ReferenceMessage::verified));
            }
            assertEquals(List.of(), ann.crashes());
        }
    }

    @Test
    void hearNothingOfAnotherCluster() {
        try (ReferencePeer ann = member("a cluster");
                ReferencePeer bob = member("another cluster");
                ReferencePeer cid = member("a cluster")) {
            ann.connect(bob.endpoint(), "s");
            ann.connect(cid.endpoint(), "s");
            ann.emit("s", "e", new byte[] {1});
            cid.awaitMessages(SOON, messages -> !messages.isEmpty());
            assertEquals(List.of(), bob.messages());
        }
    }

    @Test
    void liveOnAfterTheirOwnCrashAndReportIt() {
        try (ReferencePeer ann = withoutNatType();
                ReferencePeer bob = withoutNatType()) {
            // A peer that does not know its NAT type cannot answer one that does not say its own (protocol-v6 D18).
            bob.ping(ann.endpoint(), "s");
            String crash = ann.awaitCrash(SOON).get(0);
            assertTrue(crash.contains("natType"), crash);
            assertArrayEquals(KEY, ann.crypto().open(KEY, ann.crypto().seal(KEY, KEY)));
        }
    }

    private static ReferencePeer withoutNatType() {
        ReferencePeer peer = ReferencePeer.launch();
        peer.start("a cluster", NatType.UNKNOWN);
        peer.subcluster("s", KEY);
        return peer;
    }
}
