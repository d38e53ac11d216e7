// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamrelay.api.Endpoint;
import io.streamrelay.itests.interop.PeerProcess;
import io.streamrelay.itests.network.lab.Host;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sends and receives single datagrams on a host. */
public final class Postman implements AutoCloseable {

    private final PeerProcess process;

    public Postman(Host host) {
        process = JavaProcess.start(host, UdpPost.class);
    }

    /** Opens a socket on an address of the host. */
    public void open(String address, int port) {
        process.ask("open", PeerProcess.options().put("address", address).put("port", port));
    }

    /** Sends a text from the socket with that port. */
    public void send(int fromPort, Endpoint to, String text) {
        process.ask(
                "send",
                PeerProcess.options()
                        .put("from", fromPort)
                        .put("address", to.host())
                        .put("port", to.port())
                        .put("text", text));
    }

    /** Where a text came from; empty when it does not come in time. */
    public Optional<Endpoint> sourceOf(String text, Duration patience) {
        try {
            process.events().await(patience, told -> find(told, text).isPresent());
        } catch (AssertionError e) {
            return Optional.empty();
        }
        return find(process.events().entries(), text);
    }

    /** How many datagrams came with a text that begins so. */
    public int count(String prefix) {
        return (int) process.events().entries().stream()
                .filter(event -> event.path("text").asText().startsWith(prefix))
                .count();
    }

    private static Optional<Endpoint> find(List<JsonNode> told, String text) {
        return told.stream()
                .filter(event -> event.path("text").asText().equals(text))
                .map(event -> Endpoint.of(
                        event.get("address").asText(), event.get("port").asInt()))
                .findFirst();
    }

    @Override
    public void close() {
        process.close();
    }
}
