// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.NatType;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Malformed;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Ping;
import io.streamrelay.gossip.packet.Pong;
import io.streamrelay.gossip.packet.Pulse;
import io.streamrelay.gossip.packet.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A node that is connected to one of its kin and to a stand-in for a reference peer, and that hears what a fuzzer
 * wrote. Whatever it hears, it must not throw, what it sends must be valid and serve
 * nobody to flood others with, and what it holds must stay bounded.
 */
final class FuzzedMesh {

    /** Small, so that a short input can fill it. */
    private static final long CARRIED_BYTES_MAX = 8_000;

    /** After how many datagrams all that the engine holds is looked at, which takes its time. */
    private static final int WALK_EVERY = 16;

    /** More entries than this a short input cannot need in any table, whatever its limit. */
    private static final int ENTRIES_MAX = 4_096;

    private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
    private static final Endpoint REFERENCE = Endpoint.of("10.0.0.9", 4_000);

    /** Where datagrams may come from: the two peers, the reference peer's host, and strangers. */
    static final List<Endpoint> SOURCES = List.of(
            REFERENCE,
            Endpoint.of("10.0.0.2", 19777),
            Endpoint.of("10.0.0.9", 4_001),
            Endpoint.of("10.9.9.9", 1),
            Endpoint.of("203.0.113.7", 65_535),
            Endpoint.of("127.0.0.1", 19777),
            Endpoint.of("10.0.0.1", 19777),
            Endpoint.of("10.9.9.8", 1_024));

    /** What an application or the host may do in between. */
    enum Command {
        SUBSCRIBE,
        UNSUBSCRIBE,
        PUBLISH,
        STREAM_TO_KIN,
        STREAM_TO_REFERENCE,
        LOSE_ADDRESS,
        FIND_ADDRESS,
        COMMIT_TWICE,
        BECOME_SYMMETRIC
    }

    private final TestMesh mesh = new TestMesh();
    private final TestMesh.Node kin;
    private final TestMesh.Node node;

    private final Set<Integer> proven =
            new LinkedHashSet<>(List.of(SOURCES.get(0).address(), SOURCES.get(1).address()));
    private final Map<Integer, Integer> heardBytes = new LinkedHashMap<>();
    private final Map<Integer, Integer> sentBytes = new LinkedHashMap<>();
    private long token = 1;
    private int heard;

    /** What the node asked for last, which an answer has to repeat. */
    private String pingId = "000000000000";

    private String reflectionId = "000000000000";

    FuzzedMesh() {
        mesh.carriedBytesMax = CARRIED_BYTES_MAX;
        mesh.passes = this::sent;
        kin = mesh.subscribed(2);
        node = mesh.subscribed(1, kin);
        for (int ping = 0; ping < 3; ping++) {
            mesh.inject(REFERENCE, node, connectionPing());
            advance(1_000);
        }
        node.publish(1, TestPackets.sealed(1, 300));
        assertTrue(node.engine.peers(mesh.nowMs).size() == 2, "both peers are connected before the fuzzer begins");
    }

    private static byte[] connectionPing() {
        Ping ping = Ping.builder(TestPackets.filled(9))
                .natType(31)
                .isConnection(true)
                .cacheSummaryHash("0".repeat(40))
                .cacheSize(0L)
                .uptime(0L)
                .timestamp(1_700_000_000_000L)
                .build();
        return Packet.builder(PacketType.PING)
                .set(Field.CLUSTER, TestPackets.CLUSTER)
                .set(Field.SUBCLUSTER, TestPackets.SUBCLUSTER)
                .message(ping.toJson())
                .build()
                .bytes();
    }

    void advance(long ms) {
        mesh.run(ms);
    }

    /** @param answering whether the ids that the node waits for are put where the datagram names any */
    void hear(Endpoint from, SocketId socket, byte[] datagram, boolean answering) {
        if (answering) {
            // It knows what only that address was told, as if it were there.
            proven.add(from.address());
        }
        earn(from, datagram);
        // Straight to it: a pooled socket that it has closed may still have had something to tell.
        node.give(new Event.Datagram(socket, from, answering ? withAskedIds(datagram) : datagram));
        advance(1);
        assertBounded();
    }

    void command(Command command, byte[] content) {
        switch (command) {
            case SUBSCRIBE -> node.give(new Event.Subscribe(TestPackets.SUBCLUSTER));
            case UNSUBSCRIBE -> node.give(new Event.Unsubscribe(TestPackets.SUBCLUSTER));
            case PUBLISH -> node.publish(++token, content);
            case STREAM_TO_KIN -> node.give(new Event.Stream(++token, kin.id, TestMesh.message(content)));
            case STREAM_TO_REFERENCE ->
                node.give(new Event.Stream(++token, TestPackets.filled(9), TestMesh.message(content)));
            case LOSE_ADDRESS -> node.give(new Event.AddressesChanged(List.of()));
            case FIND_ADDRESS -> node.give(new Event.AddressesChanged(List.of(node.endpoint.address())));
            case COMMIT_TWICE -> node.give(new Event.Committed(token));
            case BECOME_SYMMETRIC -> node.give(new Event.Configured(symmetric()));
        }
    }

    private EngineConfig symmetric() {
        EngineConfig defaults = EngineConfig.of(node.id, TestPackets.CLUSTER, List.of());
        return new EngineConfig(
                node.id,
                TestPackets.CLUSTER,
                false,
                NatType.ENDPOINT_RESTRICTED,
                null,
                List.of(),
                defaults.heartbeatMs(),
                CARRIED_BYTES_MAX,
                defaults.backlogBytesMax(),
                true,
                defaults.messageBytesMax());
    }

    private void assertBounded() {
        EngineTable.assertAllBounded(node.engine);
        if (++heard % WALK_EVERY == 0) {
            Tables.assertBounded(node.engine, ENTRIES_MAX);
        }
        assertTrue(node.engine.carriedBytes() <= CARRIED_BYTES_MAX, "carries " + node.engine.carriedBytes());
        assertTrue(
                node.delivered.stream().allMatch(message -> message.subcluster().equals(TestPackets.SUBCLUSTER)));
    }

    private boolean sent(TestMesh.Node from, Action.Send send) {
        if (from == node) {
            assertTrue(send.to().port() > 0, "a port");
            charge(send);
            if (send.bytes().length > 1) {
                inspect(send);
            }
        }
        return true;
    }

    /** A host that never answered a challenge gets less than twice what came from it or named it (protocol-v6 D38, D39). */
    private void charge(Action.Send send) {
        if (!proven.contains(send.to().address())) {
            int address = send.to().address();
            int sent = sentBytes.merge(address, send.bytes().length, Integer::sum);
            int earned = 2 * heardBytes.getOrDefault(address, 0);
            assertTrue(sent < earned, () -> "sent " + sent + " of " + earned + " bytes to " + send.to());
        }
    }

    private void earn(Endpoint from, byte[] datagram) {
        Set<Integer> named = new LinkedHashSet<>(Set.of(from.address()));
        ADDRESS.matcher(new String(datagram, StandardCharsets.ISO_8859_1))
                .results()
                .map(MatchResult::group)
                .filter(Endpoint::isLiteral)
                .forEach(literal -> named.add(Endpoint.parseAddress(literal)));
        named.forEach(address -> heardBytes.merge(address, datagram.length, Integer::sum));
    }

    private void inspect(Action.Send send) {
        if (Pulse.of(send.bytes()) != null || Receipt.of(send.bytes()) != null) {
            assertNotEquals(REFERENCE, send.to());
            return;
        }
        Packet packet = assertInstanceOf(Packet.class, TestMesh.read(send.bytes()));
        Body body = Body.of(packet);
        boolean relayed = packet.type() == PacketType.PUBLISH || packet.type() == PacketType.STREAM;
        assertTrue(relayed || !(body instanceof Malformed), () -> "sends " + body);
        if (body instanceof Ping ping) {
            pingId = ping.pingId() == null ? pingId : ping.pingId();
            reflectionId = ping.reflectionId() == null ? reflectionId : ping.reflectionId();
            if (send.to().equals(REFERENCE)) {
                mesh.inject(REFERENCE, node, pong(ping));
            }
        }
    }

    private byte[] pong(Ping ping) {
        Pong pong = Pong.builder(node.id, TestPackets.filled(9))
                .natType(31)
                .isConnection(ping.isConnection())
                .pingId(ping.pingId())
                .port(node.endpoint.port())
                .address(node.endpoint.host())
                .build();
        return Packet.builder(PacketType.PONG).message(pong.toJson()).build().bytes();
    }

    private byte[] withAskedIds(byte[] datagram) {
        String text = new String(datagram, StandardCharsets.ISO_8859_1);
        return text.replaceAll("\"pingId\":\"[0-9a-f]{12}\"", "\"pingId\":\"" + pingId + "\"")
                .replaceAll("\"reflectionId\":\"[0-9a-f]{12}\"", "\"reflectionId\":\"" + reflectionId + "\"")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
