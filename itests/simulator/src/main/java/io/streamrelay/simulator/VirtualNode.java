// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.engine.Engine;
import io.streamrelay.gossip.engine.EngineConfig;
import io.streamrelay.gossip.engine.Event;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A host: its identity, settings, clock, disk and subscriptions, and the engine that runs on it while it is up. */
public final class VirtualNode {

    private static final Id CLUSTER = MessageBook.id("cluster");

    /** How long a host may have been up before the simulation began: 0 to this. */
    private static final long UPTIME_MAX_MS = 30L * 86_400_000;

    private final int number;
    private final World world;
    private final VirtualStore store = new VirtualStore();
    private final Set<Id> subclusters = new LinkedHashSet<>();
    private final NodeSockets sockets;
    private final NodeQuestions questions;
    private EngineConfig config;
    private long wallAtStartMs = HostClock.TRUE_WALL_AT_START_MS;
    private int boots;
    private EngineRun run;
    private boolean wiped;
    private boolean diskWorks = true;
    private long diskStallsUntilMs;

    VirtualNode(int number, World world) {
        this.number = number;
        this.world = world;
        sockets = new NodeSockets(number, world, this::receive);
        questions = new NodeQuestions(number);
        EngineConfig defaults = EngineConfig.of(world.peerIds().of(number), CLUSTER, List.of());
        config = Settings.heartbeat(defaults, world.options().heartbeatMs());
    }

    public int number() {
        return number;
    }

    /** The peer id. */
    public Id id() {
        return config.self();
    }

    /** The engine's settings. */
    public EngineConfig config() {
        return config;
    }

    /** What is on disk. */
    public VirtualStore store() {
        return store;
    }

    /** Whether an engine runs here now. */
    public boolean isUp() {
        return run != null;
    }

    /** The engine that runs here now, to be asked, not driven; empty while the node is down. */
    public Optional<Engine> engine() {
        return Optional.ofNullable(run).map(EngineRun::engine);
    }

    /** The hash over all packets that its engine holds, as hex digits; empty while the node is down. */
    String summaryHash() {
        return engine().map(engine -> HexFormat.of().formatHex(engine.summaryHash()))
                .orElse("");
    }

    /** Whether its engine holds as many packets as its disk does. */
    boolean memoryIsDisk() {
        return engine().map(Engine::cachedPackets).orElse(store.packetIds().size())
                == store.packetIds().size();
    }

    /** Whether its user wants this subcluster's messages. */
    public boolean isSubscribed(Id subcluster) {
        return subclusters.contains(subcluster);
    }

    /** Whether its disk was ever emptied, so that it cannot know any more what it sent itself. */
    public boolean wasWiped() {
        return wiped;
    }

    /** Where its main socket is: a private address when it is behind a NAT device. */
    public Endpoint endpoint() {
        return sockets.endpoint(SocketId.MAIN);
    }

    void configure(UnaryOperator<EngineConfig> change) {
        config = change.apply(config);
        if (isUp()) {
            run.handle(new Event.Configured(config));
        }
    }

    void bootstrap(List<String> entries) {
        configure(current -> Settings.bootstrap(current, entries));
    }

    /** What this host believes the date to be when the simulation begins, had it believed so then. */
    void wallClock(long atStartMs) {
        wallAtStartMs = atStartMs;
        if (isUp()) {
            run.clock(run.clock().withWall(atStartMs));
        }
    }

    /** Sets the date forward, or back when that is negative. */
    void jumpWallClock(long byMs) {
        wallClock(wallAtStartMs + byMs);
    }

    void start() {
        requireUp(false);
        String boot = "node " + number + " boot " + boots;
        HostClock clock = new HostClock(world.chance().one(boot + " uptime", UPTIME_MAX_MS), wallAtStartMs);
        run = new EngineRun(world, this, clock, boots++);
        sockets.open(SocketId.MAIN);
        sockets.open(SocketId.PROBE);
        Endpoint probe = sockets.endpoint(SocketId.PROBE);
        run.handle(new Event.Opened(endpoint().port(), probe.port(), List.of(probe.address())));
        run.handle(new Event.Restored(
                store.packets(world.time().nowMs()), store.seen(), store.peers(), store.subclusters()));
        subclusters.forEach(subcluster -> run.handle(new Event.Subscribe(subcluster)));
        run.handle(questions.begin());
    }

    void stop() {
        requireUp(true);
        run.close();
        gone();
    }

    void crash() {
        requireUp(true);
        run.end();
        gone();
    }

    /** Whether it takes time to open what it gets. */
    boolean opensSlowly() {
        return world.options().openMs() > 0;
    }

    /** Whether commits succeed from now on. */
    void disk(boolean works) {
        diskWorks = works;
    }

    boolean diskWorks() {
        return diskWorks;
    }

    /** Nothing is committed before that time. */
    void stallDisk(long untilMs) {
        diskStallsUntilMs = untilMs;
    }

    long diskStallsUntilMs() {
        return diskStallsUntilMs;
    }

    void wipe() {
        requireUp(false);
        store.wipe();
        wiped = true;
        world.watcher().wiped(this);
    }

    /** Another gateway takes this one's place and settings: with its own peer id and address, and nothing on disk. */
    void replace() {
        wipe();
        world.peerIds().renew(number);
        world.topology().renumber(number);
        configure(current -> Settings.self(current, world.peerIds().of(number)));
    }

    /** No event reaches its engine, and its sockets are deaf. */
    void sleep(SleepClock clock) {
        requireUp(true);
        run.sleep(clock);
    }

    void wake() {
        requireUp(true);
        run.wake();
    }

    /** Whether an engine runs here and gets events. */
    public boolean isAwake() {
        return isUp() && !run.isAsleep();
    }

    void subscribe(Id subcluster) {
        if (subclusters.add(subcluster) && isUp()) {
            run.handle(new Event.Subscribe(subcluster));
        }
    }

    void unsubscribe(Id subcluster) {
        if (subclusters.remove(subcluster) && isUp()) {
            run.handle(new Event.Unsubscribe(subcluster));
        }
    }

    NodeQuestions questions() {
        return questions;
    }

    /** Answers others' questions from here on. */
    void answerQuestions() {
        Event answering = questions.answering(true);
        if (isUp()) {
            run.handle(answering);
        }
    }

    /** Asks whoever is within reach; returns the question's number. */
    long ask(Duration patience) {
        requireUp(true);
        run.handle(questions.ask(patience));
        return questions.asked();
    }

    void send(Message message) {
        if (!isAwake()) {
            throw new IllegalStateException(this + " is down or asleep");
        }
        run.handle(
                message.toAll()
                        ? new Event.Publish(message.token(), message.outgoing())
                        : new Event.Stream(message.token(), world.peerIds().of(message.to()), message.outgoing()));
    }

    NodeSockets sockets() {
        return sockets;
    }

    /** It has got another address. */
    void rebind() {
        sockets.rebind();
        if (isUp()) {
            run.handle(new Event.AddressesChanged(List.of(endpoint().address())));
        }
    }

    private void receive(SocketId socket, Endpoint from, byte[] bytes) {
        if (!isAwake()) {
            return;
        }
        world.watcher().received(this, socket, from, bytes);
        run.handle(new Event.Datagram(socket, from, bytes));
    }

    private void gone() {
        run = null;
        sockets.closeAll();
        world.watcher().stopped(this);
    }

    private void requireUp(boolean up) {
        if (isUp() != up) {
            throw new IllegalStateException(this + " is " + (up ? "down" : "up"));
        }
    }

    @Override
    public String toString() {
        return "node " + number;
    }
}
