// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Consumer;
import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import io.streamrelay.api.Receipt;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import io.streamrelay.mqtt.broker.Arrival;
import io.streamrelay.mqtt.broker.BrokerLink;
import io.streamrelay.mqtt.broker.BrokerOptions;
import io.streamrelay.mqtt.broker.Greeting;
import io.streamrelay.mqtt.broker.MqttVersion;
import io.streamrelay.mqtt.broker.Will;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A bridge at work, between one subcluster and one broker; it ends when either becomes another one. Ties the parts
 * together and decides nothing. Lives on the bridge's thread.
 */
final class BridgeSession implements BridgeContext, Connection.Listener, Presence.Listener {

    /** How long a message waits for room in the bridge. Our own choice. */
    static final long INTAKE_PATIENCE_MS = 5000;

    private static final long TICK_MS = 1000;
    private static final long DRAIN_MS = 2000;
    private static final long DRAIN_STEP_MS = 20;

    /** How long commits may take that have begun, before another session follows. A guess: no disk that works takes longer. */
    private static final long SETTLE_MS = 60_000;

    private static final long LEAVE_MS = 500;

    private final BridgeSetup setup;
    private final BridgeThread thread;
    private final Subcluster subcluster;
    private final StateLog log;
    private final Presence presence;
    private final StatusTopic status;
    private final Connection connection;
    private final Resequencer resequencer;
    private final Subscriptions subscriptions;
    private final UnmarkedPublications unmarked = new UnmarkedPublications();
    private final Intake intake = new Intake(INTAKE_PATIENCE_MS);
    private final OutLane outLane;
    private final Outbound outbound;
    private final InLane inLane;
    private final Inbound inbound;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private Routes routes;
    private MqttVersion version = MqttVersion.FIVE;
    private BrokerLink link;
    private boolean sessionPresent;
    private Consumer consumer;
    private boolean closing;

    BridgeSession(BridgeSetup setup, BridgeSettings settings, StreamRelay relay, Subcluster subcluster) {
        Id peerId = relay.info().peerId();
        this.setup = setup;
        this.thread = setup.thread();
        this.subcluster = subcluster;
        this.routes = settings.routes();
        this.log = new StateLog(setup.name(), settings.broker(), thread::nowMs, setup.report()::trouble);
        String key = peerId.hex() + "/" + setup.name();
        BrokerOptions options = options(settings, peerId, key);
        Undisputed undisputed = new Undisputed(setup.links(), options, log);
        this.presence = new Presence(key, announcement(), undisputed, thread, log, this);
        this.status = new StatusTopic(
                settings.status(),
                relay,
                setup,
                () -> presence.responsibility().isFirst(),
                new StatusWill(setup, options, settings.status(), peerId));
        this.connection = new Connection(
                setup.links(), options, new VersionChoice(settings.version()), thread, log, setup.backoff(), this);
        Standby standby = new Standby();
        this.outLane = new OutLane(this::handOver, thread, log, setup.backoff(), setup.report()::refused);
        this.resequencer = new Resequencer(thread, this::takeInTurn);
        this.subscriptions = new Subscriptions(
                thread, log, new SubscriptionMemory(setup.links(), options, log), outLane::size, resequencer);
        this.outbound = new Outbound(this, outLane, fingerprint -> standby.saw(fingerprint, nowMs()));
        this.inLane = new InLane(thread, log, setup.backoff(), this::pump);
        this.inbound = new Inbound(this, inLane, standby, presence::messageOf);
    }

    private BrokerOptions options(BridgeSettings settings, Id peerId, String key) {
        String clientId = settings.clientId().isEmpty()
                ? "streamrelay-" + peerId.hex().substring(0, 12) + "-" + setup.name()
                : settings.clientId();
        return new BrokerOptions(
                settings.broker(),
                settings.username(),
                settings.password(),
                clientId,
                settings.tls(),
                Will.clearing(Presence.topicOf(key)));
    }

    private Announcement announcement() {
        return new Announcement(subcluster.id(), version, routes);
    }

    /** Begins; an earlier session's consumer may take a moment to go. */
    void open() {
        if (closing) {
            return;
        }
        try {
            consumer = subcluster.consume(
                    "mqtt:" + setup.name(),
                    routes.interest(),
                    delivery -> thread.execute(() -> inbound.deliver(delivery)));
        } catch (IllegalStateException | UncheckedIOException e) {
            log.trouble("the subcluster is not ready", e.getMessage());
            thread.schedule(TICK_MS, this::open);
            return;
        }
        outLane.sentBefore(consumer.sent().stream().map(SendName::new).toList());
        subscriptions.want(routes.subscriptions());
        connection.start();
        thread.schedule(TICK_MS, this::tick);
    }

    /** Carries other messages from here on. */
    void routes(Routes changed) {
        routes = changed;
        if (consumer != null) {
            consumer.interest(changed.interest());
        }
        presence.announce(announcement());
        subscriptions.want(changed.subscriptions());
    }

    private CompletionStage<Receipt> handOver(Message message, SendName name) {
        return sent(message, name).whenComplete((receipt, refusal) -> {
            if (refusal == null) {
                setup.report().toMesh();
            }
        });
    }

    private CompletionStage<Receipt> sent(Message message, SendName name) {
        boolean raw = routes.format() == Format.RAW;
        if (name == null) {
            return raw ? consumer.emit(message.topic(), message.payload()) : consumer.send(message);
        }
        return raw
                ? consumer.emit(message.topic(), message.payload(), name.text())
                : consumer.send(message, name.text());
    }

    private void pump() {
        inbound.pump();
    }

    private void tick() {
        if (closing) {
            return;
        }
        presence.tick();
        status.tick();
        inbound.publishOverdue();
        unmarked.own().expire(nowMs());
        if (intake.isReadyToAskAgain() || link != null && link.isReadyToAskAgain()) {
            connection.restart("the mesh takes messages again, and the broker is asked for those it keeps");
        }
        if (inLane.isUnanswered()) {
            inLane.waitLonger();
            connection.restart("the broker does not confirm what it is sent");
        } else if (subscriptions.isUnanswered()) {
            connection.restart("the broker does not confirm subscriptions");
        }
        thread.schedule(TICK_MS, this::tick);
    }

    @Override
    public void connects() {
        intake.begin();
    }

    @Override
    public void connected(BrokerLink connected, Greeting greeting) {
        link = connected;
        sessionPresent = greeting.sessionPresent();
        version = link.version();
        if (!sessionPresent) {
            outLane.sessionForgotten();
            subscriptions.forget();
        }
        inLane.connected(link, greeting.publishMax());
        inbound.connected();
        presence.connected(link, sessionPresent, announcement());
    }

    @Override
    public void lost() {
        setup.report().lost("the connection was lost");
        inbound.stop();
        inLane.lost();
        subscriptions.lost();
        presence.lost();
        status.lost();
        outLane.connectionLost();
    }

    @Override
    public void arrived(Arrival arrival) {
        int payloadBytes = arrival.message().payload().length;
        if (!intake.admits(payloadBytes)) {
            arrival.refuse();
            thread.execute(() -> log.trouble(
                    "more messages come than the mesh takes", "those of QoS 0 are lost, the broker keeps the others"));
            return;
        }
        Runnable exit = intake.exit(payloadBytes);
        Runnable acknowledgement = () -> {
            exit.run();
            arrival.acknowledge();
        };
        Runnable refusal = () -> {
            exit.run();
            arrival.refuse();
        };
        Arrival inside = arrival.answered(acknowledgement, refusal);
        thread.execute(() -> dispatch(inside));
    }

    private void dispatch(Arrival arrival) {
        if (closing) {
            arrival.refuse();
        } else if (!Presence.isAbout(arrival.message().topic()) && subscriptions.isSecondCopy(arrival)) {
            resequencer.cameAgain(arrival);
            outLane.take(null, null, List.of(), arrival.acknowledgement());
        } else {
            resequencer.take(arrival);
        }
    }

    private void takeInTurn(Arrival arrival) {
        if (Presence.isAbout(arrival.message().topic())) {
            presence.heard(arrival.message());
            outLane.take(null, null, List.of(), arrival.acknowledgement());
        } else {
            presence.inTurn(() -> outbound.arrived(arrival), arrival.refusal());
        }
    }

    @Override
    public void caughtUp(boolean forgotten) {
        if (!closing) {
            if (forgotten) {
                outLane.sessionForgotten();
            }
            if (forgotten || version == MqttVersion.THREE) {
                // Where another bridge was faster, the broker has its name again, but not this one's subscriptions.
                subscriptions.makeAgain();
            }
            boolean kept = sessionPresent && !forgotten;
            setup.report().reached();
            subscriptions.connected(link, kept || responsibility().othersSendAll(), this::atWork);
            inbound.start();
            status.connected(link);
        }
    }

    /** What is published from here on is carried: nobody is to be told so before that. */
    private void atWork() {
        if (!closing) {
            log.state("connected with MQTT " + version.label() + " as " + connection.clientId());
            setup.report().connected();
        }
    }

    @Override
    public void changed() {
        inbound.reconsider();
    }

    @Override
    public void published(Note note) {
        unmarked.addOthers(note, nowMs());
    }

    /**
     * Ends: what is on its way may arrive, what is not stays with the broker and the mesh.
     *
     * @param forGood whether the broker shall keep nothing for this bridge from here on
     */
    CompletionStage<Void> close(boolean forGood) {
        if (!closing) {
            closing = true;
            inbound.stop();
            resequencer.refuseAll();
            outLane.stop();
            drain(thread.nowMs() + DRAIN_MS, forGood);
        }
        return closed;
    }

    private void drain(long untilMs, boolean forGood) {
        if (thread.nowMs() < untilMs && !(outLane.isIdle() && inLane.isIdle())) {
            thread.schedule(DRAIN_STEP_MS, () -> drain(untilMs, forGood));
            return;
        }
        CompletableFuture<Void> left =
                status.leave().thenCombine(presence.leave(), (ok, alsoOk) -> ok).toCompletableFuture();
        thread.schedule(LEAVE_MS, () -> left.complete(null));
        if (forGood || responsibility().othersSendAll()) {
            // After the farewell, so that the broker keeps for this bridge just what the others leave to it.
            subscriptions.want(List.of());
        }
        left.thenCompose(ok -> connection.stop())
                .whenComplete((ok, failure) -> thread.execute(() -> settle(thread.nowMs() + SETTLE_MS)));
    }

    /** What the mesh has been given and has not committed yet, the next session would give it once more. */
    private void settle(long untilMs) {
        if (thread.nowMs() < untilMs && !outLane.isIdle()) {
            thread.schedule(DRAIN_STEP_MS, () -> settle(untilMs));
        } else {
            finish();
        }
    }

    private void finish() {
        setup.report().lost("the bridge has ended");
        setup.links().userHasGone();
        unmarked.own().releaseAll();
        if (consumer != null) {
            consumer.close();
        }
        closed.complete(null);
    }

    @Override
    public Id subcluster() {
        return subcluster.id();
    }

    @Override
    public Routes routes() {
        return routes;
    }

    @Override
    public MqttVersion version() {
        return version;
    }

    @Override
    public Responsibility responsibility() {
        return presence.responsibility();
    }

    @Override
    public BrokerMarks marks() {
        return presence.marks();
    }

    @Override
    public Subscriptions subscriptions() {
        return subscriptions;
    }

    @Override
    public UnmarkedPublications unmarked() {
        return unmarked;
    }

    @Override
    public BridgeReport report() {
        return setup.report();
    }

    @Override
    public long nowMs() {
        return thread.nowMs();
    }
}
