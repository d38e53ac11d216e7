// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.attack;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Ping;
import io.streamrelay.gossip.packet.Pong;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Somebody without keys who behaves until a gateway has listed it, as a reference peer would be: all that a stranger
 * needs to become a neighbour. It goes on answering pings, and keeps what the gateway tells it.
 */
final class HostilePeer implements AutoCloseable {

    private static final int UNRESTRICTED = 31;
    private static final int KEPT_MAX = 20_000;

    private final Id id;
    private final Id gatewayId;
    private final Endpoint gateway;
    private final List<Packet> heard = new ArrayList<>();
    private final LoopbackHost host;
    private volatile Consumer<Packet> reaction = packet -> {};

    /** Comes from that loopback address, claims an id, and asks the gateway to list it. */
    HostilePeer(String address, Id claimed, Endpoint gateway, Id gatewayId) throws IOException {
        this.id = claimed;
        this.gateway = gateway;
        this.gatewayId = gatewayId;
        host = new LoopbackHost(address, this::hear);
        knock();
    }

    static Id randomId() {
        byte[] bytes = new byte[Id.BYTES];
        new Random().nextBytes(bytes);
        return Id.of(bytes);
    }

    Id id() {
        return id;
    }

    Endpoint endpoint() {
        return host.endpoint();
    }

    long bytesSent() {
        return host.bytesSent();
    }

    /** Says that it wants to be a peer: twice, for one ping alone does not pay for the gateway's challenge. */
    void knock() {
        byte[] ping = Packet.builder(PacketType.PING)
                .set(Field.CLUSTER, HostilePackets.CLUSTER)
                .message(Ping.builder(id)
                        .natType(UNRESTRICTED)
                        .isConnection(true)
                        .uptime(1L)
                        .timestamp(System.currentTimeMillis())
                        .build()
                        .toJson())
                .build()
                .bytes();
        send(ping);
        send(ping);
    }

    void send(byte[] bytes) {
        host.send(gateway, bytes);
    }

    private void hear(byte[] datagram) {
        if (!(Packet.decode(datagram) instanceof Packet packet)) {
            return;
        }
        synchronized (heard) {
            if (heard.size() < KEPT_MAX) {
                heard.add(packet);
            }
        }
        if (packet.type() == PacketType.PING && Body.of(packet) instanceof Ping ping && ping.pingId() != null) {
            pong(ping);
        }
        reaction.accept(packet);
    }

    private void pong(Ping ping) {
        Pong.Builder body = Pong.builder(gatewayId, id).natType(UNRESTRICTED).pingId(ping.pingId());
        if (ping.isConnection()) {
            body.isConnection(true);
        } else {
            body.address(gateway.host()).port(gateway.port());
        }
        send(Packet.builder(PacketType.PONG)
                .message(body.build().toJson())
                .build()
                .bytes());
    }

    /** What it does with what it hears, beside answering pings. */
    void react(Consumer<Packet> with) {
        reaction = with;
    }

    /** How many packets of those types it has heard so far. */
    long count(Set<PacketType> types) {
        synchronized (heard) {
            return heard.stream()
                    .filter(packet -> types.contains(packet.type()))
                    .count();
        }
    }

    /** What it has heard of a type so far, in order. */
    List<Packet> heard(PacketType type) {
        synchronized (heard) {
            return heard.stream().filter(packet -> packet.type() == type).toList();
        }
    }

    @Override
    public void close() {
        host.close();
    }
}
