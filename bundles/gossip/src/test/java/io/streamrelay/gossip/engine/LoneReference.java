// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Ping;
import io.streamrelay.gossip.packet.Pong;
import io.streamrelay.gossip.packet.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A reference peer's way to its NAT type (protocol-v6 §3.8): takes no part before, and lists whoever pings it. */
final class LoneReference {

    private static final String REFLECTION = "0123456789ab";

    final Id id;
    final Endpoint main;
    final List<Packet> received = new ArrayList<>();
    Integer natType;
    boolean silent;

    private final Endpoint probe;
    private final TestMesh mesh;
    private final NatType before;
    private final Map<Id, Endpoint> responders = new LinkedHashMap<>();
    private final Set<Endpoint> probeSentTo = new LinkedHashSet<>();
    private final List<Pong> pongs = new ArrayList<>();
    private int probes;

    LoneReference(TestMesh mesh, String address, NatType before) {
        this.mesh = mesh;
        this.before = before;
        main = Endpoint.of(address, 5_000);
        probe = Endpoint.of(address, 5_001);
        byte[] bytes = TestPackets.filled(0x66).bytes();
        bytes[0] = (byte) main.address();
        id = Id.of(bytes);
        mesh.scripts.put(main, this::hear);
        mesh.scripts.put(probe, this::hearProbe);
    }

    List<Id> responders() {
        return List.copyOf(responders.keySet());
    }

    private void hear(Endpoint from, byte[] bytes) {
        if (silent || !(Packet.decode(bytes) instanceof Packet packet)) {
            return;
        }
        received.add(packet);
        Body body = Body.of(packet);
        if (body instanceof Ping ping) {
            if (ping.isConnection() && ping.natType() != null) {
                responders.put(ping.requester(), from);
            }
            answer(ping, from);
        } else if (body instanceof Pong pong && pong.reflectionId() != null) {
            pongs.add(pong);
        } else if (body instanceof Summary summary
                && natType != null
                && !summary.prefix().isEmpty()) {
            byte[] deeper = new Summary(summary.prefix() + "0", summary.hash(), summary.buckets()).encode();
            say(main, from, Packet.builder(PacketType.SYNC).message(deeper));
        }
    }

    private void answer(Ping ping, Endpoint from) {
        Pong.Builder pong =
                Pong.builder(ping.requester(), id).pingId(ping.pingId()).isReflection(true);
        if (ping.isConnection() && ping.natType() != null) {
            pong.isConnection(true);
        } else {
            pong.address(from.host()).port(from.port());
        }
        say(main, from, Packet.builder(PacketType.PONG).message(pong.build().toJson()));
    }

    private void hearProbe(Endpoint from, byte[] bytes) {
        boolean letIn =
                switch (before) {
                    case UNRESTRICTED, UNKNOWN -> true;
                    case ADDRESS_RESTRICTED -> probeSentTo.stream().anyMatch(to -> to.address() == from.address());
                    case PORT_RESTRICTED, ENDPOINT_RESTRICTED -> probeSentTo.contains(from);
                };
        if (letIn && Packet.decode(bytes) instanceof Packet packet && packet.type() == PacketType.PONG) {
            probes++;
        }
    }

    private void say(Endpoint from, Endpoint to, Packet.Builder packet) {
        mesh.inject(from, to, packet.build().bytes());
    }

    void ping(Endpoint from, Endpoint to, UnaryOperator<Ping.Builder> words) {
        byte[] body = words.apply(Ping.builder(id)).build().toJson();
        say(from, to, Packet.builder(PacketType.PING).message(body));
    }

    void heartbeat() {
        responders.values().forEach(to -> ping(main, to, ping -> ping.natType(natType)));
    }

    /** Asks that one of its two responders for the probe socket's port, then both; the type on the wire. */
    int reflect(int first) {
        List<Endpoint> both = List.copyOf(responders.values());
        probeSentTo.add(both.get(first));
        ping(probe, both.get(first), ping -> ping.isReflection(true)
                .reflectionId(REFLECTION)
                .isProbe(true));
        mesh.run(100);
        assert probes == 1;
        probes = 0;
        pongs.clear();
        for (int i = 0; i < 2; i++) {
            // A symmetric NAT has another port for each.
            int shift = before == NatType.ENDPOINT_RESTRICTED ? 2 + i : 0;
            Endpoint seen = new Endpoint(main.address(), main.port() + shift);
            mesh.scripts.putIfAbsent(seen, this::hear);
            ping(seen, both.get(i), ping -> ping.isReflection(true)
                    .reflectionId(REFLECTION)
                    .probeExternalPort(probe.port()));
        }
        mesh.run(600);
        boolean same = pongs.get(0).port().equals(pongs.get(1).port());
        int found = (same ? 0b00011 : 0b00001) | (probes == 0 ? 0b00100 : probes == 1 ? 0b01100 : 0b11100);
        natType = found;
        both.forEach(to -> ping(main, to, ping -> ping.natType(found).isConnection(true)));
        mesh.run(100);
        return pongs.size() == 2 ? found : 0;
    }
}
