// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoredPeer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The known peers as a file: one line each, id and {@code host:port}, most recently heard first. */
final class PeersFile {

    private static final Logger LOG = LoggerFactory.getLogger(PeersFile.class);

    private final StateFile file;

    PeersFile(StateFile file) {
        this.file = file;
    }

    /**
     * Reads the peers. A damaged file is kept under another name; the store then begins without peers.
     *
     * @throws IOException when it cannot be read
     */
    List<StoredPeer> read() throws IOException {
        try {
            Optional<List<String>> lines = file.read();
            return lines.isEmpty() ? List.of() : parseAll(lines.get());
        } catch (DamagedFileException e) {
            int n = file.copyAside();
            LOG.warn("{}; it is kept as {}, the store begins without peers", e.getMessage(), file.damaged(n));
            write(List.of());
            return List.of();
        }
    }

    /** Replaces the file. */
    void write(List<StoredPeer> peers) throws IOException {
        file.write(peers.stream()
                .map(peer -> peer.id().hex() + " " + peer.endpoint())
                .toList());
    }

    private List<StoredPeer> parseAll(List<String> lines) throws DamagedFileException {
        try {
            return lines.stream().map(PeersFile::parse).toList();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new DamagedFileException(file.path() + " has a line that is not a peer: " + e.getMessage());
        }
    }

    private static StoredPeer parse(String line) {
        int space = line.indexOf(' ');
        int colon = line.lastIndexOf(':');
        Id id = Id.ofHex(line.substring(0, space));
        return new StoredPeer(
                id, Endpoint.of(line.substring(space + 1, colon), Integer.parseInt(line.substring(colon + 1))));
    }
}
