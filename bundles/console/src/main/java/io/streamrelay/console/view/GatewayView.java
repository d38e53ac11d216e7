// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

import io.streamrelay.api.BridgeStatus;
import io.streamrelay.api.Registration;
import io.streamrelay.api.StreamRelay;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches the gateway of this container: takes a picture of it every two seconds and shows it to who wants to see. */
@Component(service = GatewayView.class, immediate = true)
public final class GatewayView {

    /** Often enough for a person who watches; it costs some questions to the engine. A guess. */
    static final long LOOK_MS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(GatewayView.class);

    private final AtomicReference<StreamRelay> relay = new AtomicReference<>();
    private final AtomicReference<Registration> drops = new AtomicReference<>();
    private final Collection<BridgeStatus> bridges = new CopyOnWriteArrayList<>();
    private final List<Consumer<Snapshot>> watchers = new CopyOnWriteArrayList<>();
    private final EventLog events = new EventLog();
    private final DropLog dropLog = new DropLog();
    private final ScheduledExecutorService thread;
    private final Photographer photographer;
    private volatile Snapshot latest;

    @Activate
    public GatewayView(BundleContext context) {
        this(context.getBundle().getVersion().toString());
        thread.scheduleWithFixedDelay(this::look, 0, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    /** One that looks when it is told to. */
    GatewayView(String version) {
        photographer = new Photographer(version);
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread created = new Thread(task, "srp-console");
            created.setDaemon(true);
            return created;
        });
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, unbind = "unsetRelay")
    void setRelay(StreamRelay service) {
        relay.set(service);
        listen(service.onDrop(drop -> dropLog.add(drop, System.currentTimeMillis())));
    }

    void unsetRelay(StreamRelay service) {
        if (relay.compareAndSet(service, null)) {
            listen(null);
        }
    }

    private void listen(Registration next) {
        Registration before = drops.getAndSet(next);
        if (before != null) {
            before.close();
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, unbind = "removeBridge")
    void addBridge(BridgeStatus bridge) {
        bridges.add(bridge);
    }

    void removeBridge(BridgeStatus bridge) {
        bridges.remove(bridge);
    }

    void look() {
        try {
            Snapshot snapshot = take();
            latest = snapshot;
            events.see(snapshot);
            watchers.forEach(watcher -> watcher.accept(snapshot));
        } catch (RuntimeException e) {
            // The node may have been closed while it was looked at: the next look shows that.
            LOG.debug("the gateway could not be looked at", e);
        }
    }

    private Snapshot take() {
        synchronized (photographer) {
            return photographer.take(
                    relay.get(), bridges, TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), System.currentTimeMillis());
        }
    }

    /** The node of this container, while one runs. */
    public Optional<StreamRelay> relay() {
        return Optional.ofNullable(relay.get());
    }

    /** The last picture, at most {@value #LOOK_MS} ms old. */
    public Snapshot latest() {
        Snapshot snapshot = latest;
        return snapshot == null ? take() : snapshot;
    }

    /** A picture of this moment. */
    public Snapshot now() {
        return take();
    }

    /** Changes of state since the console began, the latest first; at most 256. */
    public List<LogEntry> events() {
        return events.entries();
    }

    /** What was dropped lately, the latest first; at most 64. */
    public List<DropView> drops() {
        return dropLog.entries();
    }

    /** Shows each picture, from a thread that must not be held up. */
    public Registration watch(Consumer<Snapshot> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    @Deactivate
    void deactivate() {
        thread.shutdownNow();
        listen(null);
    }
}
