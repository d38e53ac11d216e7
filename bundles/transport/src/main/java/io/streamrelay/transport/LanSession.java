// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import io.streamrelay.api.Registration;
import io.streamrelay.api.transport.LanListener;
import io.streamrelay.api.transport.LanNode;
import io.streamrelay.api.transport.Subnet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node on its local networks, which may come and go. All of it is done on a thread of its own. */
final class LanSession implements Registration {

    private static final Logger LOG = LoggerFactory.getLogger(LanSession.class);

    /** How often questions are asked and answers passed on. Our own choice. */
    private static final long TICK_MS = 1_000;

    /** How often the interfaces are looked at, in ticks: a gateway's link comes and goes. A guess. */
    private static final int LOOK_TICKS = 5;

    /** The contract's figure. */
    private static final long CLOSE_MS = 3_000;

    private final LanNode self;
    private final LocalSubnets local;
    private final LanListener listener;
    private final LogLimiter failures = new LogLimiter(LOG);
    private final Map<Subnet, LanInterface> open = new LinkedHashMap<>();
    private final ScheduledExecutorService thread;
    private int ticks;

    LanSession(LanNode self, LocalSubnets local, LanListener listener) {
        this.self = self;
        this.local = local;
        this.listener = listener;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> daemon(work, self.port()));
    }

    private static Thread daemon(Runnable work, int port) {
        Thread thread = new Thread(work, "srp-lan-" + port);
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        thread.scheduleWithFixedDelay(this::tick, 0, TICK_MS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            if (ticks++ % LOOK_TICKS == 0) {
                look();
            }
            open.values().forEach(each -> each.tick(listener));
        } catch (RuntimeException e) {
            failures.warn("Looking for nodes on the local network failed", e, System.nanoTime());
        }
    }

    private void look() {
        List<Subnet> now = local.now();
        for (Subnet gone : new ArrayList<>(open.keySet())) {
            if (!now.contains(gone)) {
                open.remove(gone).close();
            }
        }
        for (Subnet subnet : now) {
            if (!open.containsKey(subnet)) {
                open(subnet);
            }
        }
    }

    private void open(Subnet subnet) {
        try {
            open.put(subnet, LanInterface.open(subnet, self));
        } catch (IOException e) {
            String host = Ipv4.inetAddress(subnet.address()).getHostAddress();
            failures.warn("Nodes on the local network of " + host + " are not found", e, System.nanoTime());
        }
    }

    @Override
    public void close() {
        if (thread.isShutdown()) {
            return;
        }
        thread.execute(() -> open.values().parallelStream().forEach(LanInterface::close));
        thread.shutdown();
        try {
            thread.awaitTermination(CLOSE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
