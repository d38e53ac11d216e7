// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Ping;
import io.streamrelay.gossip.packet.Pong;
import java.util.ArrayList;
import java.util.List;

/** Somebody without our mark in a {@link TestMesh}: says what a test tells it to, and keeps what it gets. */
final class ScriptedReference {

    private static final int UNRESTRICTED = 31;
    private static final int ATTEMPTS_MAX = 20;

    final Id id;
    final Endpoint endpoint;
    final List<Packet> received = new ArrayList<>();
    private final TestMesh mesh;
    private final TestMesh.Node node;

    /** Takes over {@link TestMesh#passes}. */
    ScriptedReference(TestMesh mesh, TestMesh.Node node, int number) {
        this.mesh = mesh;
        this.node = node;
        this.id = TestPackets.filled(number);
        this.endpoint = Endpoint.of("10.0.0." + number, 4_000);
        mesh.passes = (from, send) -> {
            if (send.to().equals(endpoint) && Packet.decode(send.bytes()) instanceof Packet packet) {
                received.add(packet);
            }
            return !send.to().equals(endpoint);
        };
    }

    /** Comes to the node until it is listed there, and answers its pings. What it got on the way is forgotten. */
    void connect(Long clockMs) {
        for (int attempt = 0; attempt < ATTEMPTS_MAX && !isListed(); attempt++) {
            ping(clockMs == null ? null : clockMs + 100L * attempt, true);
            mesh.run(100);
            received.stream()
                    .filter(packet -> packet.type() == PacketType.PING)
                    .map(packet -> (Ping) Body.of(packet))
                    .filter(ping -> ping.pingId() != null)
                    .toList()
                    .forEach(this::pong);
            received.clear();
            mesh.run(1);
        }
    }

    private boolean isListed() {
        return node.engine.peers(mesh.nowMs).stream().anyMatch(peer -> peer.id().equals(id));
    }

    /** Pings the node, as of its own clock. */
    void ping(Long clockMs, boolean isConnection) {
        Ping body = Ping.builder(id)
                .natType(UNRESTRICTED)
                .isConnection(isConnection)
                .timestamp(clockMs)
                .build();
        send(Packet.builder(PacketType.PING)
                .set(Field.CLUSTER, TestPackets.CLUSTER)
                .message(body.toJson()));
    }

    private void pong(Ping ping) {
        Pong.Builder body = Pong.builder(node.id, id).natType(UNRESTRICTED).pingId(ping.pingId());
        send(Packet.builder(PacketType.PONG)
                .message(body.isConnection(true).build().toJson()));
        send(Packet.builder(PacketType.PONG)
                .message(body.isConnection(false)
                        .address(node.endpoint.host())
                        .port(node.endpoint.port())
                        .build()
                        .toJson()));
    }

    void send(Packet.Builder packet) {
        mesh.inject(endpoint, node, packet.build().bytes());
    }

    List<Packet> received(PacketType type) {
        return received.stream().filter(packet -> packet.type() == type).toList();
    }
}
