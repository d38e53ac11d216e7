// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.api.crypto.SealException;
import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.api.transport.DatagramSockets;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.api.transport.TransportOptions;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.ControlSigner;
import io.streamrelay.gossip.engine.Engine;
import io.streamrelay.gossip.engine.EngineConfig;
import io.streamrelay.gossip.engine.Event;
import io.streamrelay.gossip.engine.Observation;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.transport.UdpTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.random.RandomGeneratorFactory;

/** Our engine on real sockets of loopback, with a clock that is given to it; its store commits at once. */
final class HurriedEngine implements AutoCloseable {

    private static final TransportOptions SOCKETS = new TransportOptions(
            "127.0.0.1",
            0,
            0,
            TransportOptions.DEFAULT_BUFFER_BYTES,
            TransportOptions.DEFAULT_PACKETS_PER_SECOND,
            TransportOptions.DEFAULT_QUEUE_PACKETS);

    private static final long FOREVER_MS = 21_600_000;

    private final KeyRing keys = new BouncyKeyRing();
    private final Journal<byte[]> delivered = new Journal<>();
    private final Journal<Observation> observed = new Journal<>();
    private final HurriedClock clock;
    private final Id id;
    private final Sealer sealer;
    private final Engine engine;
    private final DatagramSockets sockets;
    private long token;
    private boolean closed;

    HurriedEngine(HurriedClock clock, String cluster, byte[] sharedKey, Endpoint peer) throws IOException {
        this.clock = clock;
        ControlSigner signer = new KeyedSigner(keys, keys.signingKey(keys.randomKey()));
        id = Id.of(sha256(signer.publicKey().bytes()));
        sealer = keys.sealer(sharedKey);
        engine = new Engine(
                EngineConfig.of(id, digest(cluster), List.of(peer.toString())),
                RandomGeneratorFactory.of("L64X128MixRandom").create(),
                signer,
                1);
        sockets = new UdpTransport()
                .open(SOCKETS, (socket, from, bytes) -> give(new Event.Datagram(socket, from, bytes)));
        give(new Event.Opened(
                sockets.port(SocketId.MAIN),
                sockets.port(SocketId.PROBE),
                List.of(Endpoint.parseAddress("127.0.0.1"))));
        give(new Event.Subscribe(sealer.subclusterId()));
        Thread timers = new Thread(this::runTimers, "hurried-engine");
        timers.setDaemon(true);
        timers.start();
    }

    Id id() {
        return id;
    }

    Journal<byte[]> delivered() {
        return delivered;
    }

    Journal<Observation> observed() {
        return observed;
    }

    void publish(String event, byte[] payload) {
        give(new Event.Publish(
                ++token,
                new Event.Outgoing(
                        sealer.subclusterId(), digest(event), null, null, null, sealer.seal(payload), FOREVER_MS)));
    }

    int cached() {
        synchronized (this) {
            return engine.cachedPackets();
        }
    }

    /** How many datagrams it has dropped for a reason. */
    long drops(DropReason reason) {
        return observed.entries().stream()
                .filter(one -> one instanceof Observation.Dropped dropped && dropped.reason() == reason)
                .count();
    }

    private synchronized void give(Event event) {
        if (!closed) {
            engine.handle(event, clock.now()).forEach(this::carryOut);
            notifyAll();
        }
    }

    private void carryOut(Action action) {
        if (action instanceof Action.Send send) {
            sockets.send(send.socket(), send.to(), send.bytes());
        } else if (action instanceof Action.Persist persist && persist.token() != 0) {
            give(new Event.Committed(persist.token()));
        } else if (action instanceof Action.Deliver deliver) {
            delivered.add(opened(deliver.message().sealed()));
            give(new Event.Taken(deliver.message().packetId()));
        } else if (action instanceof Action.Observe observe) {
            observed.add(observe.observation());
        }
    }

    private byte[] opened(byte[] sealed) {
        try {
            return sealer.open(sealed);
        } catch (SealException e) {
            throw new AssertionError("delivered what cannot be opened", e);
        }
    }

    private synchronized void runTimers() {
        try {
            while (!closed) {
                long leftMs = engine.nextDeadlineMs() - clock.now().monotonicMs();
                if (leftMs <= 0) {
                    give(new Event.TimerDue());
                } else {
                    wait(HurriedClock.realMs(leftMs));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Id digest(String text) {
        return Id.of(sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        sockets.close();
        sealer.close();
    }
}
