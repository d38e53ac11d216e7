// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamrelay.itests.karaf.process.Reader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.paho.client.mqttv3.MqttException;

/** A gateway as it shows itself at its own broker. */
record GatewayState(JsonNode document) {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** The state is told anew every minute, and within seconds when a peer comes or goes. */
    private static final Duration PATIENCE = Duration.ofSeconds(70);

    /** Waits until the gateway shows something of that kind. */
    static GatewayState await(String brokerUrl, Predicate<GatewayState> wanted)
            throws MqttException, InterruptedException, IOException {
        try (Reader reader = new Reader(brokerUrl, "streamrelay/status/#")) {
            while (true) {
                List<Reader.Reading> next = reader.take(1, PATIENCE);
                if (next.isEmpty()) {
                    throw new AssertionError("the gateway at " + brokerUrl + " shows nothing of the kind");
                }
                GatewayState state = new GatewayState(JSON.readTree(next.get(0).payload()));
                if (wanted.test(state)) {
                    return state;
                }
            }
        }
    }

    /** Whether that peer is connected, at that address. */
    boolean isConnectedTo(String peerId, String address) {
        return StreamSupport.stream(document.path("peers").spliterator(), false)
                .anyMatch(peer -> peer.path("connected").asBoolean()
                        && peer.path("peer").asText().equals(peerId)
                        && peer.path("address").asText().equals(address));
    }

    boolean isConnectedTo(HostilePeer peer) {
        return isConnectedTo(peer.id().hex(), peer.endpoint().toString());
    }

    int connectedPeers() {
        return document.path("connectedPeers").asInt();
    }

    /** Those of the reasons for which nothing was dropped. */
    Set<String> lacking(Set<String> reasons) {
        return reasons.stream()
                .filter(reason -> document.path("drops").path(reason).asLong() == 0)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    long stored(String what) {
        return document.path("store").path(what).asLong();
    }
}
