// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.store.StoredPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeersFileTest {

    @TempDir
    Path folder;

    private StateFile lines;
    private PeersFile peers;

    @BeforeEach
    void nameFile() {
        lines = new StateFile(folder.resolve("peers"));
        peers = new PeersFile(lines);
    }

    @Test
    void hasNoPeersAtFirst() throws IOException {
        assertEquals(List.of(), peers.read());
    }

    @Test
    void givesBackThePeersInOrder() throws IOException {
        List<StoredPeer> written = List.of(Samples.peer(3), Samples.peer(1), Samples.peer(2));
        peers.write(written);

        assertEquals(written, peers.read());
    }

    @Test
    void setsADamagedFileAsideAndBeginsWithoutPeers() throws IOException {
        Files.writeString(folder.resolve("peers"), "rubbish");

        assertEquals(List.of(), peers.read());
        assertEquals("rubbish", Files.readString(folder.resolve("peers.damaged-1")));
        assertEquals(List.of(), peers.read());
        assertEquals(false, Files.exists(folder.resolve("peers.damaged-2")));
    }

    @Test
    void takesNoLineThatIsNotAPeer() throws IOException {
        String id = Samples.id(1).hex();
        List<String> bad = List.of(
                "",
                id,
                id + " 10.0.0.1",
                id + " host:1",
                id + " 10.0.0.1:0",
                id + " 10.0.0.1:x",
                id.substring(1) + " 10.0.0.1:1");
        for (String line : bad) {
            lines.write(List.of(line));
            assertEquals(List.of(), peers.read(), () -> "from '" + line + "'");
        }
    }
}
