// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.itests.karaf.process.ReadyLine;
import io.streamrelay.itests.karaf.process.TwoGateways;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The attacks of protocol-v6 §4.C on a whole gateway, from its own host, while it talks with another one. After each
 * the gateway runs, every message has arrived once, and it uses no more processor time than before.
 *
 * <pre>
 * sensor - broker - gateway under attack ===== SRP over UDP ===== other gateway - broker - reader
 * reader - broker - gateway under attack ===== SRP over UDP ===== other gateway - broker - sensor
 *                        ▲    ▲                                      ▲
 *          strangers ────┘    └──── mallory, a neighbour    the spy ─┘
 * </pre>
 */
@Isolated("measures processor time and latency")
class AttackedGatewayIT {

    private static final Duration SETTLE_MAX = Duration.ofSeconds(90);
    private static final Duration IDLE_WINDOW = Duration.ofSeconds(1);
    private static final int IDLE_TRIES = 30;
    /** Of one processor: what a small machine with other tests on it makes of nothing. */
    private static final double IDLE_MARGIN = 0.15;

    /** All tables of the node at their limits hold less, with what is carried for others; a guess. */
    private static final long HEAP_GROWTH_MAX = 48L << 20;

    /** What the node holds of foreign clusters, half of storeMegabytes, and all that the gateways said themselves. */
    private static final long STORED_BYTES_MAX = 10L << 20;

    /** Engine's Limits.PEERS_MAX. */
    private static final int PEERS_MAX = 256;

    private static TwoGateways gateways;
    private static ReadyLine attacked;
    private static ReadyLine other;
    private static ProcessLoad load;
    private static double idle;
    private static long liveHeapBytes;
    private static HostilePeer mallory;
    private static HostilePeer trudy;
    private static HostilePeer honest;
    private static HostilePeer spy;
    private static Id subcluster;
    private static Id held;
    private static boolean started;
    private static final Set<String> ATTACKS = new TreeSet<>();
    private static Conversation enveloped;
    private static Conversation raw;

    @BeforeAll
    static void start() throws Exception {
        gateways = TwoGateways.start("attacked");
        attacked = gateways.first().awaitReady();
        other = gateways.second().awaitReady();
        load = new ProcessLoad(gateways.first().pid());
        mallory = stranger("127.0.0.10", attacked);
        trudy = stranger("127.0.0.11", attacked);
        honest = stranger("127.0.0.12", attacked);
        spy = stranger("127.0.0.13", other);
        List<HostilePeer> neighbours = List.of(mallory, trudy, honest);
        GatewayState.await(attacked.brokerUrl(), state -> neighbours.stream().allMatch(state::isConnectedTo));
        GatewayState.await(other.brokerUrl(), state -> state.isConnectedTo(spy));
        enveloped = new Conversation(attacked.brokerUrl(), other.brokerUrl(), "demo/attacked");
        raw = new Conversation(other.brokerUrl(), attacked.brokerUrl(), "raw/small/second");
        enveloped.begin();
        enveloped.assertAllArrive();
        // What any neighbour learns.
        Packet overheard = mallory.heard(PacketType.PUBLISH).get(0);
        subcluster = overheard.id(Field.SUBCLUSTER);
        held = overheard.packetId();
        liveHeapBytes = load.liveHeapBytes();
        idle = load.cpuShare(IDLE_WINDOW);
        started = true;
    }

    @AfterAll
    static void stop() throws Exception {
        try (TwoGateways ended = gateways) {
            if (started) {
                assertBounded(stateNow());
            }
        } finally {
            for (AutoCloseable part : Arrays.asList(mallory, trudy, honest, spy, enveloped, raw)) {
                if (part != null) {
                    part.close();
                }
            }
        }
    }

    private static void assertBounded(GatewayState state) throws Exception {
        assertTrue(state.connectedPeers() <= PEERS_MAX, state::toString);
        assertTrue(state.stored("packets.bytes") < STORED_BYTES_MAX, state::toString);
        long grown = load.liveHeapBytes() - liveHeapBytes;
        assertTrue(grown < HEAP_GROWTH_MAX, () -> grown + " bytes more, " + state);
        if (haveAllRun()) {
            assertCounted(state);
        }
    }

    /** Whether none of the attacks was left out. */
    private static boolean haveAllRun() {
        return Arrays.stream(AttackedGatewayIT.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .allMatch(method -> ATTACKS.contains(method.getName()));
    }

    /** What all attacks together are dropped for. */
    private static void assertCounted(GatewayState state) {
        Set<String> counted = Set.of(
                "address-refused",
                "bad-address",
                "bad-head",
                "bad-nat-type",
                "bad-port",
                "bad-summary",
                "bad-value",
                "duplicate",
                "forged",
                "id-mismatch",
                "missing-key",
                "stranger",
                "sync-budget",
                "too-many",
                "unsolicited-pong");
        assertEquals(Set.of(), state.lacking(counted), state::toString);
    }

    private static HostilePeer stranger(String address, ReadyLine gateway) throws Exception {
        return new HostilePeer(address, HostilePeer.randomId(), endpoint(gateway), Id.ofHex(gateway.peerId()));
    }

    private static Endpoint endpoint(ReadyLine gateway) {
        return Endpoint.of("127.0.0.1", gateway.udpPort());
    }

    @BeforeEach
    void talk(TestInfo attack) throws Exception {
        ATTACKS.add(attack.getTestMethod().orElseThrow().getName());
        enveloped.begin();
        raw.begin();
    }

    @AfterEach
    void goesOnAsBefore() throws Exception {
        try {
            enveloped.assertAllArrive();
            raw.assertAllArrive();
            enveloped.assertNoneComesAgain();
            raw.assertNoneComesAgain();
        } finally {
            List.of(mallory, trudy, spy).forEach(hostile -> hostile.react(packet -> {}));
        }
        assertTrue(load.isAlive());
        assertTrue(new ProcessLoad(gateways.second().pid()).isAlive());
        double now = load.cpuShare(IDLE_WINDOW);
        for (int i = 0; i < IDLE_TRIES && now > idle + IDLE_MARGIN; i++) {
            now = load.cpuShare(IDLE_WINDOW);
        }
        assertTrue(now <= idle + IDLE_MARGIN, now + " of a processor, before " + idle);
    }

    /** What the gateway shows from now on: a new neighbour makes it tell. */
    private static GatewayState stateNow() throws Exception {
        try (HostilePeer news = stranger("127.0.0.20", attacked)) {
            return GatewayState.await(attacked.brokerUrl(), state -> state.isConnectedTo(news));
        }
    }

    /** Protocol-v6 D37: each ends a reference peer. */
    @Test
    @Tag("case-40")
    void noDatagramEndsIt() throws Exception {
        List<byte[]> deadly = HostilePackets.deadly(subcluster, Id.ofHex(attacked.peerId()));
        try (LoopbackHost stranger = new LoopbackHost("127.0.0.14")) {
            for (byte[] datagram : deadly) {
                stranger.send(endpoint(attacked), datagram);
                mallory.send(datagram);
            }
        }
    }

    /** Protocol-v6 D38 to D40: somebody forges the address of a host that never answers. */
    @Test
    @Tag("case-43")
    void isNoAmplifier() throws Exception {
        Map<PacketType, LoopbackHost> victims = new EnumMap<>(PacketType.class);
        try {
            for (PacketType type : PacketType.values()) {
                LoopbackHost victim = new LoopbackHost("127.0.1." + type.wire());
                victims.put(type, victim);
                for (int i = 0; i < 200; i++) {
                    victim.send(
                            endpoint(attacked), HostilePackets.costly(type, subcluster, held, victim.endpoint(), i));
                }
            }
            settle(() -> victims.values().stream()
                    .mapToLong(LoopbackHost::bytesHeard)
                    .sum());
            assertTrue(victims.get(PacketType.PING).bytesHeard() > 0, "who pings is answered");
            victims.forEach((type, victim) -> assertTrue(
                    victim.bytesHeard() < 2 * victim.bytesSent(),
                    () -> type + ": " + victim.bytesHeard() + " bytes for " + victim.bytesSent()));
        } finally {
            victims.values().forEach(LoopbackHost::close);
        }
    }

    /** Protocol-v6 D39: a neighbour names hosts, two in one join. */
    @Test
    void sendsNobodyMoreThanItWasToldIn() throws Exception {
        long before = mallory.bytesSent();
        try (LoopbackHost joiner = new LoopbackHost("127.0.1.20");
                LoopbackHost rendezvous = new LoopbackHost("127.0.1.21")) {
            for (int i = 0; i < 100; i++) {
                mallory.send(HostilePackets.join(subcluster, joiner.endpoint(), rendezvous.endpoint(), i));
                mallory.send(HostilePackets.costly(PacketType.INTRO, subcluster, held, joiner.endpoint(), 100 + i));
            }
            LongSupplier heard = () -> joiner.bytesHeard() + rendezvous.bytesHeard();
            settle(heard);
            long spent = mallory.bytesSent() - before;
            assertTrue(heard.getAsLong() > 0, "who is named is looked for");
            assertTrue(heard.getAsLong() < 2 * spent, heard.getAsLong() + " bytes for " + spent);
        }
    }

    /** Waits until it has not grown for some seconds: longer than a contact's pause. It has to come to that. */
    private static void settle(LongSupplier bytes) throws InterruptedException {
        long endNs = System.nanoTime() + SETTLE_MAX.toNanos();
        long before = -1;
        while (bytes.getAsLong() != before) {
            before = bytes.getAsLong();
            assertTrue(System.nanoTime() - endNs < 0, () -> "still grows after " + SETTLE_MAX);
            Pause.of(Duration.ofMillis(2_500));
        }
    }

    /** Protocol-v6 D41: of a peer that signs, and of one that, like the reference, does not. */
    @Test
    void nobodyTakesAnothersPlace() throws Exception {
        Id gateway = Id.ofHex(attacked.peerId());
        try (HostilePeer first = new HostilePeer("127.0.0.15", honest.id(), endpoint(attacked), gateway);
                HostilePeer second =
                        new HostilePeer("127.0.0.16", Id.ofHex(other.peerId()), endpoint(attacked), gateway)) {
            while (enveloped.isPublishing()) {
                first.knock();
                second.knock();
                Pause.of(Duration.ofMillis(200));
            }
            GatewayState state = stateNow();
            assertTrue(state.isConnectedTo(honest), state::toString);
            assertTrue(state.isConnectedTo(other.peerId(), endpoint(other).toString()), state::toString);
            assertFalse(state.isConnectedTo(first), state::toString);
            assertFalse(state.isConnectedTo(second), state::toString);
        }
    }

    /** Protocol-v6 D39, D42, D46, D48. */
    @Test
    void believesNothingThatItCanCheck() throws Exception {
        spy.react(packet -> {
            if (packet.type() == PacketType.PUBLISH) {
                mallory.send(HostilePackets.poisoned(packet));
            }
        });
        String[] inside = {"169.254.1.1", "224.0.0.251", "255.255.255.255", "0.0.0.0"};
        for (int i = 0; i < 600; i++) {
            mallory.send(HostilePackets.falseSummary(i));
            mallory.send(HostilePackets.hugeHead(subcluster));
            mallory.send(HostilePackets.misnamed(subcluster, i));
            Endpoint named = Endpoint.of(inside[i % inside.length], 9_777);
            mallory.send(HostilePackets.costly(PacketType.INTRO, subcluster, held, named, i));
            mallory.send(HostilePackets.join(subcluster, Endpoint.of("127.0.0.1", 22), named, i));
        }
        Pacer pace = new Pacer(6_000);
        for (int i = 0; i < 12_000; i++) {
            mallory.send(HostilePackets.foreign(i));
            pace.next();
        }
    }

    /** Protocol-v6 D43: the same again, under another event's name, and once more when all is over. */
    @Test
    @Tag("case-15")
    void whatIsReplayedDoesNotComeAgain() throws Exception {
        spy.react(packet -> {
            if (packet.type() == PacketType.PUBLISH) {
                replay(packet);
            }
        });
        enveloped.awaitPublished();
        raw.awaitPublished();
        spy.heard(PacketType.PUBLISH).forEach(AttackedGatewayIT::replay);
    }

    private static void replay(Packet packet) {
        mallory.send(packet.withHops(0));
        mallory.send(packet.withHops(0));
        mallory.send(HostilePackets.relabelled(packet));
    }

    /** Protocol-v6 D45: two neighbours that send back whatever they hear, as if it were new. */
    @Test
    @Tag("case-44")
    void whatGoesRoundEnds() throws Exception {
        Set<PacketType> relayed = Set.of(PacketType.PUBLISH, PacketType.STREAM, PacketType.JOIN, PacketType.QUERY);
        AtomicInteger streams = new AtomicInteger();
        mallory.react(packet -> bounce(packet, relayed));
        trudy.react(packet -> {
            streams.addAndGet(packet.type() == PacketType.STREAM ? 1 : 0);
            bounce(packet, relayed);
        });
        for (int i = 0; i < 50; i++) {
            mallory.send(HostilePackets.stream(subcluster, mallory.id(), trudy.id(), i));
        }
        enveloped.awaitPublished();
        settle(() -> mallory.count(relayed) + trudy.count(relayed));
        assertTrue(streams.get() > 0, "streams are passed on");
        assertTrue(streams.get() <= 50, streams + " for 50 streams");
    }

    private static void bounce(Packet packet, Set<PacketType> types) {
        if (types.contains(packet.type())) {
            mallory.send(packet.withHops(0));
            trudy.send(packet.withHops(0));
        }
    }

    /** Protocol-v6 D47: up to 10,000 datagrams a second that seem to come from many. */
    @Test
    @Tag("case-45")
    void aFloodDoesNotDrownIt() throws Exception {
        new Flood(endpoint(attacked), subcluster, held, 10_000).pour(40_000);
    }
}
