// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Message;
import io.streamrelay.mqtt.broker.Arrival;
import io.streamrelay.mqtt.broker.BrokerEvents;
import io.streamrelay.mqtt.broker.BrokerException;
import io.streamrelay.mqtt.broker.BrokerLink;
import io.streamrelay.mqtt.broker.BrokerOptions;
import io.streamrelay.mqtt.broker.Greeting;
import io.streamrelay.mqtt.broker.MqttVersion;
import io.streamrelay.mqtt.broker.Subscription;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A link to a {@link SimBroker}, by two wires that can be cut. */
final class SimLink implements BrokerLink {

    private static final int IN_FLIGHT_MAX = 10;

    private record Publication(Message message, String name, CompletableFuture<Void> done) {}

    private final SimBroker broker;
    private final BrokerOptions options;
    private final MqttVersion version;
    private final BrokerEvents events;
    private final Simulation.Lane toBroker;
    private final Simulation.Lane toClient;
    private final Map<Long, Publication> unacknowledged = new LinkedHashMap<>();
    private long publications;
    private int connection;
    private boolean connected;
    private boolean cut;
    private boolean dead;
    /** What {@link #isReadyToAskAgain} says. */
    boolean keptBack;

    SimLink(Simulation simulation, SimBroker broker, BrokerOptions options, MqttVersion version, BrokerEvents events) {
        this.broker = broker;
        this.options = options;
        this.version = version;
        this.events = events;
        this.toBroker = simulation.lane();
        this.toClient = simulation.lane();
    }

    @Override
    public MqttVersion version() {
        return version;
    }

    boolean isConnected() {
        return connected;
    }

    @Override
    public CompletionStage<Greeting> connect() {
        CompletableFuture<Greeting> greeting = new CompletableFuture<>();
        toBroker.execute(() -> {
            if (dead) {
                return;
            }
            if (!broker.reachable) {
                greeting.completeExceptionally(unreachable());
                return;
            }
            connection++;
            cut = false;
            boolean present = broker.connect(this, options.clientId(), options.will());
            toClient.execute(() -> {
                connected = true;
                unacknowledged.forEach(this::transmit);
                greeting.complete(new Greeting(present, IN_FLIGHT_MAX));
                handOver(broker.sessionOf(this));
            });
            broker.send(broker.sessionOf(this));
        });
        return greeting;
    }

    private static BrokerException unreachable() {
        return new BrokerException(BrokerException.Kind.UNREACHABLE, "not connected", null);
    }

    /**
     * @param ends whether the subscription ends
     * @param sooner what the broker does first, and {@code later} after a while when it is a slow one
     */
    private CompletionStage<Void> call(String filter, boolean ends, Runnable sooner, Runnable later) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (!connected) {
            done.completeExceptionally(unreachable());
            return done;
        }
        int mine = connection;
        toBroker.execute(() -> {
            Set<String> unnamed = broker.sessionOf(this).unnamed;
            if (ends || !broker.sessionOf(this).subscriptions.containsKey(filter)) {
                unnamed.add(filter);
            }
            sooner.run();
            Runnable rest = () -> {
                unnamed.remove(filter);
                if (mine == connection && broker.sessionOf(this) != null) {
                    later.run();
                    if (!broker.forgetsToConfirmSubscriptions) {
                        toClient.execute(() -> done.complete(null));
                    }
                }
            };
            if (broker.copies == SimBroker.Copies.EACH_SAYING_ALL_LATE) {
                toBroker.schedule(SimBroker.LATE_MS, rest);
            } else {
                rest.run();
            }
        });
        return done;
    }

    @Override
    public CompletionStage<Void> subscribe(Subscription subscription) {
        return call(subscription.filter(), false, () -> broker.subscribe(this, subscription), () -> {});
    }

    @Override
    public CompletionStage<Void> unsubscribe(String filter) {
        return call(filter, true, () -> {}, () -> broker.unsubscribe(this, filter));
    }

    @Override
    public CompletionStage<Void> publish(Message message, String name) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (!connected) {
            done.completeExceptionally(unreachable());
            return done;
        }
        if (hasPublished(name)) {
            done.complete(null);
            return done;
        }
        long number = publications++;
        Publication publication = new Publication(message, name, done);
        unacknowledged.put(number, publication);
        transmit(number, publication);
        return done;
    }

    @Override
    public boolean hasPublished(String name) {
        return broker.hasPublished(options.clientId(), name);
    }

    @Override
    public void settled(String name) {
        broker.settled(options.clientId(), name);
    }

    private void transmit(long number, Publication publication) {
        toBroker.execute(() -> {
            SimBroker.Session session = broker.sessionOf(this);
            if (publication.message.qos() < 2 || session.receivedExactlyOnce.add(publication)) {
                broker.publish(this, publication.message);
                session.keep(publication.message, publication.name);
            }
            if (broker.forgetsToAnswer) {
                return;
            }
            toClient.execute(() -> {
                unacknowledged.remove(number);
                toBroker.execute(() -> session.receivedExactlyOnce.remove(publication));
                publication.done.complete(null);
            });
        });
    }

    /** The broker has something to do later. */
    void atBroker(long afterMs, Runnable task) {
        toBroker.schedule(afterMs, task);
    }

    /** The broker sends a message. */
    void receive(SimBroker.Queued queued) {
        int mine = connection;
        if (cut) {
            return;
        }
        if (queued.message().qos() == 2) {
            SimBroker.Session session = broker.sessionOf(this);
            toClient.execute(() -> take(session, queued));
            return;
        }
        toClient.execute(() -> events.arrived(new Arrival(
                queued.message(),
                queued.message().qos() == 0 ? 0 : queued.packetId(),
                queued.repeated(),
                0,
                queued.subscriptions(),
                () -> {
                    if (mine == connection && connected) {
                        toBroker.execute(() -> broker.acknowledged(this, queued.packetId()));
                    }
                },
                () -> {})));
    }

    private void take(SimBroker.Session session, SimBroker.Queued queued) {
        if (session.taken.add(queued.packetId())) {
            session.untreated.addLast(queued);
            handOver(session);
        }
        toBroker.execute(() -> {
            broker.acknowledged(this, queued.packetId());
            session.taken.remove(queued.packetId());
        });
    }

    private void handOver(SimBroker.Session session) {
        boolean[] refused = {false};
        while (session != null && !refused[0] && !session.untreated.isEmpty()) {
            SimBroker.Queued queued = session.untreated.removeFirst();
            Runnable refusal = () -> {
                refused[0] = true;
                session.untreated.addFirst(queued);
            };
            events.arrived(new Arrival(
                    queued.message(), 0, false, queued.number(), queued.subscriptions(), () -> {}, refusal));
        }
    }

    /** The network goes: what is on the wires is lost, and each side notices. */
    void cut() {
        if (connected) {
            connected = false;
            cut = true;
            toBroker.clear();
            toClient.clear();
            toBroker.execute(() -> broker.disconnect(this, false));
            toClient.execute(() -> events.lost("cut"));
        }
    }

    /** Its process has ended without a word. */
    void die() {
        cut();
        dead = true;
    }

    @Override
    public boolean isReadyToAskAgain() {
        return keptBack;
    }

    @Override
    public CompletionStage<Void> disconnect() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        toBroker.execute(() -> {
            connected = false;
            broker.disconnect(this, true);
            toClient.clear();
            done.complete(null);
        });
        return done;
    }

    @Override
    public void close() {
        connected = false;
        toBroker.execute(() -> broker.disconnect(this, false));
    }
}
