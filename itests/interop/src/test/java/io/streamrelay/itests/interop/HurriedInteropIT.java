// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.gossip.engine.Observation;
import io.streamrelay.gossip.packet.DropReason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Our engine and a reference peer over hours, with time passing faster for both of them. */
@Execution(ExecutionMode.CONCURRENT)
class HurriedInteropIT {

    /** A hundred ticks take 2.5. */
    private static final Duration MINUTES = Duration.ofMinutes(6);

    private static final String CLUSTER = "interop";
    private static final String EVENT = "e";
    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final int TICKS = 100;
    private static final double LOSS = 0.01;

    private final HurriedClock clock = HurriedClock.fromNow();
    private final byte[] sharedKey = new byte[32];
    private ReferencePeer reference;
    private WireTap wire;
    private HurriedEngine engine;

    @BeforeEach
    void open() throws IOException {
        reference = ReferencePeer.inCluster(CLUSTER, clock);
        reference.subcluster("s", sharedKey);
        reference.on("s", EVENT);
        wire = WireTap.toPeer(reference.endpoint());
        engine = new HurriedEngine(clock, CLUSTER, sharedKey, wire.nodeSide());
        reference.awaitConnection(engine.id(), MINUTES);
    }

    @AfterEach
    void close() {
        engine.close();
        List<String> crashes = reference.crashes();
        reference.close();
        wire.close();
        assertEquals(List.of(), crashes);
    }

    @Test
    @Tag("case-37")
    void staysConnectedForAHundredTicksThoughOneDatagramInAHundredGetsLost() {
        Random random = new Random(37);
        wire.letPass(datagram -> {
            synchronized (random) {
                return random.nextDouble() >= LOSS;
            }
        });
        Eventually.holds("a hundred ticks", MINUTES, () -> reference.ticks() >= TICKS);
        assertEquals(List.of(), reference.lost());
        assertEquals(List.of(engine.id()), reference.connectedPeers());
        assertEquals(0, count(Observation.PeerDown.class));
        assertEquals(1, count(Observation.PeerUp.class));
    }

    private long count(Class<? extends Observation> kind) {
        return engine.observed().entries().stream().filter(kind::isInstance).count();
    }

    @Test
    @Tag("case-32")
    void reconcilesWhatEachPublishedWhileTheWireWasCut() {
        Payloads common = Payloads.ofSizes(IntStream.range(1, 11).toArray());
        Payloads ours = Payloads.ofSizes(IntStream.range(100, 120).toArray());
        Payloads theirs = Payloads.ofSizes(IntStream.range(200, 220).toArray());
        common.all().forEach(payload -> engine.publish(EVENT, payload));
        reference.awaitMessages(MINUTES, messages -> messages.size() == 10);
        wire.letPass(datagram -> false);
        ours.all().forEach(payload -> engine.publish(EVENT, payload));
        theirs.all().forEach(payload -> reference.emit("s", EVENT, payload));
        wire.letPass(datagram -> true);
        theirs.assertEachOnce(engine.delivered().await(MINUTES, payloads -> payloads.size() >= 20));
        List<ReferenceMessage> heard = reference.awaitMessages(MINUTES, messages -> messages.size() >= 30);
        assertEquals(30, heard.size());
        assertEquals(50, engine.cached());
        assertEquals(50, reference.cached());
    }

    /** The reference lets nothing expire (protocol-v6 D2): it offers for ever what is gone here. */
    @Test
    @Tag("case-46")
    void whatHasExpiredIsGoneAndStaysGoneThoughTheReferenceOffersItAgain() {
        byte[] brief = {4, 6};
        reference.emit("s", EVENT, brief, LIFETIME);
        reference.emit("s", EVENT, new byte[] {1}, Duration.ofHours(1));
        engine.delivered().await(MINUTES, payloads -> payloads.size() == 2);
        assertEquals(2, engine.cached());
        Eventually.holds("it expires", MINUTES, () -> engine.cached() == 1);
        assertEquals(2, reference.cached());
        long duplicates = engine.drops(DropReason.DUPLICATE);
        int ticks = reference.ticks();
        Eventually.holds("it is offered again", MINUTES, () -> engine.drops(DropReason.DUPLICATE) > duplicates);
        Eventually.holds("some ticks", MINUTES, () -> reference.ticks() >= ticks + 4);
        assertEquals(1, engine.cached());
        assertEquals(2, engine.delivered().entries().size());
    }
}
