// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.store.StoredPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeersSaverTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long START = Long.MAX_VALUE - SECOND;

    @TempDir
    Path folder;

    private final List<StoredPeer> peers = new ArrayList<>();
    private PeersFile file;
    private PeersSaver saver;

    @BeforeEach
    void newSaver() {
        file = new PeersFile(new StateFile(folder.resolve("peers")));
        saver = new PeersSaver(file, () -> List.copyOf(peers), List.of(), Duration.ofSeconds(5), START);
    }

    @Test
    void hasNothingToDoWithoutAChange() {
        assertEquals(Long.MAX_VALUE, saver.waitNanos(START));
    }

    @Test
    void savesTheFirstChangeAtOnceAndTheNextAfterTheInterval() throws IOException {
        hear(1, START);
        assertEquals(1, file.read().size());

        hear(2, START + SECOND);
        assertEquals(1, file.read().size());
        assertEquals(4 * SECOND, saver.waitNanos(START + SECOND));

        saver.saveIfDue(START + 5 * SECOND);
        assertEquals(2, file.read().size());
        assertEquals(Long.MAX_VALUE, saver.waitNanos(START + 5 * SECOND));
    }

    @Test
    void doesNotWriteWhatIsInTheFileAlready() throws IOException {
        hear(1, START);
        Files.delete(folder.resolve("peers"));
        saver.changed();
        saver.saveIfDue(START + 6 * SECOND);

        assertFalse(Files.exists(folder.resolve("peers")));
    }

    @Test
    void triesAgainAfterAFailure() throws IOException {
        Path obstacle = Files.createDirectories(folder.resolve("peers.tmp/in-the-way"));
        hear(1, START);
        assertTrue(file.read().isEmpty());
        assertEquals(5 * SECOND, saver.waitNanos(START));

        Files.delete(obstacle);
        saver.saveIfDue(START + 5 * SECOND);
        assertEquals(1, file.read().size());
    }

    private void hear(int peer, long nowNanos) {
        peers.add(Samples.peer(peer));
        saver.changed();
        saver.saveIfDue(nowNanos);
    }
}
