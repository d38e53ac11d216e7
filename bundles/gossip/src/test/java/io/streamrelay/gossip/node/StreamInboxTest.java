// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.api.Received;
import io.streamrelay.api.Registration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamInboxTest {

    private static final Id PEER = Id.ofHex("01".repeat(32));
    private static final Id OTHER = Id.ofHex("02".repeat(32));

    private final List<Received> heard = Collections.synchronizedList(new ArrayList<>());
    private TestParts parts;
    private StreamInbox inbox;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        parts = new TestParts(folder);
        inbox = new StreamInbox(parts.dispatcher, parts.clock);
    }

    @AfterEach
    void close() {
        parts.close();
    }

    @Test
    void tellsOnlyListenersOfThatPeerAndEvent() throws Exception {
        inbox.on(PEER, "greeting", heard::add);
        inbox.deliver(arrival(PEER, "greeting", "mine"));
        inbox.deliver(arrival(OTHER, "greeting", "another peer's"));
        inbox.deliver(arrival(PEER, "other", "another event's"));
        parts.awaitListeners();
        assertEquals(List.of("mine"), heard.stream().map(Received::text).toList());
        assertEquals(Optional.of(PEER), heard.get(0).streamedBy());
        assertEquals("greeting", heard.get(0).message().topic());
    }

    @Test
    void keepsWhatCameBeforeItsListener() throws Exception {
        inbox.deliver(arrival(PEER, "greeting", "early"));
        inbox.on(PEER, "greeting", heard::add);
        inbox.on(PEER, "greeting", message -> {});
        parts.awaitListeners();
        assertEquals(List.of("early"), heard.stream().map(Received::text).toList());
    }

    @Test
    void keepsItNotForEver() throws Exception {
        inbox.deliver(arrival(PEER, "greeting", "early"));
        parts.clock.advance(StreamInbox.EARLY_MS + 1);
        inbox.on(PEER, "greeting", heard::add);
        parts.awaitListeners();
        assertEquals(List.of(), heard);
    }

    @Test
    void keepsNoMoreThanItsLimit() {
        for (int i = 0; i < StreamInbox.EARLY_MAX; i++) {
            assertTrue(inbox.deliver(arrival(PEER, "greeting", "early")));
        }
        assertFalse(inbox.deliver(arrival(PEER, "greeting", "one too many")));
    }

    @Test
    void tellsNobodyAfterTheRegistrationHasEnded() throws Exception {
        Registration registration = inbox.on(PEER, "greeting", heard::add);
        registration.close();
        registration.close();
        inbox.deliver(arrival(PEER, "greeting", "late"));
        parts.awaitListeners();
        assertEquals(List.of(), heard);
    }

    private static Arrival arrival(Id peer, String event, String text) {
        return Arrival.raw(EventIds.of(event), text.getBytes(StandardCharsets.UTF_8), TestParts.PACKET, peer, false, 1);
    }
}
