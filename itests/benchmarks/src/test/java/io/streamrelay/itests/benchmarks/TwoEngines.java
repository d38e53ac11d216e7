// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.benchmarks;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Engine;
import io.streamrelay.gossip.engine.EngineConfig;
import io.streamrelay.gossip.engine.Event;
import io.streamrelay.gossip.engine.Now;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.PeerIds;
import io.streamrelay.gossip.packet.Receipt;
import io.streamrelay.gossip.packet.ShortForm;
import io.streamrelay.itests.interop.KeyedSigner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGeneratorFactory;

/** Two production engines that meet over a perfect wire, in virtual time, and reconcile what their stores held. */
final class TwoEngines {

    private static final int TYPE_AT = 4;
    private static final long BEGIN_MS = 5_000;
    private static final long DELAY_MS = 1;
    private static final long WALL_AHEAD_MS = 1_800_000_000_000L;

    /** Far more than any reconciliation takes: without a bound a fault would look like a long measurement. */
    private static final long VIRTUAL_MS_MAX = 600_000;

    private record Arrival(long atMs, Endpoint from, Node to, byte[] bytes) {}

    /** One reconciliation: how long it took in virtual time, what found the difference, and what mended it. */
    static final class Traffic {
        long virtualMs;
        long syncs;
        long syncBytes;
        long publications;
        long publicationBytes;
        long others;
        long otherBytes;

        private void add(byte[] bytes) {
            if (Receipt.of(bytes) != null || bytes[TYPE_AT] == PacketType.SYNC.wire()) {
                syncs++;
                syncBytes += bytes.length;
            } else if (ShortForm.isShort(bytes) || bytes[TYPE_AT] == PacketType.PUBLISH.wire()) {
                publications++;
                publicationBytes += bytes.length;
            } else {
                others++;
                otherBytes += bytes.length;
            }
        }
    }

    /** An engine, its address, and what it has got from the other. */
    private final class Node {
        private final Endpoint endpoint;
        private final Engine engine;
        private int got;

        private Node(int number, KeyRing keys, List<String> bootstrap) {
            endpoint = Endpoint.of("20.0.0." + number, 19_777);
            KeyedSigner signer = new KeyedSigner(keys, keys.signingKey(Publication.random(number, Id.BYTES)));
            EngineConfig defaults = EngineConfig.of(PeerIds.of(signer.publicKey()), Publication.cluster(), bootstrap);
            EngineConfig config = new EngineConfig(
                    defaults.self(),
                    defaults.cluster(),
                    false,
                    NatType.UNRESTRICTED,
                    null,
                    bootstrap,
                    defaults.heartbeatMs(),
                    defaults.carriedBytesMax(),
                    defaults.backlogBytesMax(),
                    true,
                    defaults.messageBytesMax());
            engine = new Engine(
                    config, RandomGeneratorFactory.of("L64X128MixRandom").create(number), signer, 1);
        }

        private void give(Event event) {
            for (Action action : engine.handle(event, new Now(nowMs, WALL_AHEAD_MS + nowMs))) {
                if (action instanceof Action.Send send) {
                    leave(send);
                } else if (action instanceof Action.Persist persist) {
                    commit(persist);
                }
            }
        }

        private void leave(Action.Send send) {
            traffic.add(send.bytes());
            Node other = this == lacking ? full : lacking;
            if (send.to().equals(other.endpoint)) {
                Endpoint from = new Endpoint(
                        endpoint.address(), endpoint.port() + send.socket().number());
                wire.add(new Arrival(nowMs + DELAY_MS, from, other, send.bytes()));
            }
        }

        private void commit(Action.Persist persist) {
            for (StoreChange change : persist.changes()) {
                got += change instanceof StoreChange.PutPacket ? 1 : 0;
            }
            if (persist.token() != 0) {
                give(new Event.Committed(persist.token()));
            }
        }
    }

    /** Every datagram takes as long: they arrive in the order in which they left. */
    private final Deque<Arrival> wire = new ArrayDeque<>();

    private final Traffic traffic = new Traffic();
    private final Node full;
    private final Node lacking;
    private final int difference;
    private long nowMs = BEGIN_MS;

    /** Both are started and hold their packets; their first words are on the wire, unread. */
    TwoEngines(KeyRing keys, List<StoredPacket> packets, int difference) {
        this.difference = difference;
        full = new Node(1, keys, List.of());
        lacking = new Node(2, keys, List.of(full.endpoint.toString()));
        start(full, packets);
        start(lacking, packets.subList(0, packets.size() - difference));
    }

    private static void start(Node node, List<StoredPacket> packets) {
        node.give(new Event.Opened(19_777, 19_778, List.of(node.endpoint.address())));
        node.give(new Event.Restored(packets, new long[0], List.of()));
    }

    /**
     * Runs until the one has got all that only the other held, and nothing more is under way.
     *
     * @throws IllegalStateException when that does not come about
     */
    Traffic reconcile() {
        while (lacking.got < difference || !wire.isEmpty()) {
            long deadlineMs = Math.min(full.engine.nextDeadlineMs(), lacking.engine.nextDeadlineMs());
            if (!wire.isEmpty() && wire.peek().atMs() <= deadlineMs) {
                Arrival arrival = wire.poll();
                nowMs = Math.max(nowMs, arrival.atMs());
                arrival.to().give(new Event.Datagram(SocketId.MAIN, arrival.from(), arrival.bytes()));
            } else {
                nowMs = Math.max(nowMs, deadlineMs);
                full.give(new Event.TimerDue());
                lacking.give(new Event.TimerDue());
            }
            if (nowMs > VIRTUAL_MS_MAX) {
                throw new IllegalStateException(lacking.got + " of " + difference + " packets came across");
            }
        }
        traffic.virtualMs = nowMs - BEGIN_MS;
        return traffic;
    }
}
