// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.Drop;
import io.streamrelay.api.Endpoint;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DropLogTest {

    private final DropLog log = new DropLog();

    private static Drop drop(int port) {
        return new Drop("bad-magic", Optional.of(Endpoint.of("192.0.2.1", port)));
    }

    @Test
    void countsAFloodInOneLine() {
        log.add(drop(5), 100);
        log.add(drop(5), 200);
        assertEquals(List.of(new DropView("bad-magic", "192.0.2.1:5", 2, 200)), log.entries());
    }

    @Test
    void showsTheLatestFirst() {
        log.add(drop(5), 100);
        log.add(new Drop("expired", Optional.empty()), 200);
        log.add(drop(5), 300);
        assertEquals(
                List.of("bad-magic", "expired"),
                log.entries().stream().map(DropView::reason).toList());
    }

    @Test
    void forgetsTheOldestWhenFull() {
        for (int port = 1; port <= DropLog.ENTRIES_MAX + 1; port++) {
            log.add(drop(port), port);
        }
        assertEquals(DropLog.ENTRIES_MAX, log.entries().size());
        assertEquals("192.0.2.1:2", log.entries().get(DropLog.ENTRIES_MAX - 1).from());
    }
}
