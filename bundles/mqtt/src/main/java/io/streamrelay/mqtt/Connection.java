// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.mqtt.broker.Arrival;
import io.streamrelay.mqtt.broker.BrokerEvents;
import io.streamrelay.mqtt.broker.BrokerException;
import io.streamrelay.mqtt.broker.BrokerLink;
import io.streamrelay.mqtt.broker.BrokerLinks;
import io.streamrelay.mqtt.broker.BrokerOptions;
import io.streamrelay.mqtt.broker.Greeting;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps a bridge connected with its broker, for as long as it is wanted. Lives on the bridge's thread. */
final class Connection {

    /** How long a broker may take to greet. */
    static final long GREETING_MS = (BrokerOptions.CONNECT_TIMEOUT_SECONDS + 5) * 1000L;

    /** A connection that lasts this long is a good one, after whose loss attempts begin quickly again. */
    static final long GOOD_MS = 30_000;

    /** Told on the bridge's thread, but for arrivals. */
    interface Listener {
        void connected(BrokerLink link, Greeting greeting);

        void lost();

        /** Another connection is about to be made: on that messages may come before it is {@link #connected}. */
        default void connects() {}

        /** On the client library's thread. */
        void arrived(Arrival arrival);
    }

    private final BrokerLinks links;
    private final BrokerOptions options;
    private final VersionChoice versions;
    private final BridgeThread thread;
    private final StateLog log;
    private final Backoff backoff;
    private final Listener listener;
    private BrokerLink link;
    private int attempts;
    private long connectedMs;
    private boolean connected;
    private boolean stopped;

    Connection(
            BrokerLinks links,
            BrokerOptions options,
            VersionChoice versions,
            BridgeThread thread,
            StateLog log,
            Backoff backoff,
            Listener listener) {
        this.links = links;
        this.options = options;
        this.versions = versions;
        this.thread = thread;
        this.log = log;
        this.backoff = backoff;
        this.listener = listener;
    }

    /** Connects, now and whenever it has been lost. */
    void start() {
        if (stopped) {
            return;
        }
        int mine = ++attempts;
        try {
            prepareLink();
        } catch (BrokerException e) {
            failed(mine, e);
            return;
        }
        BrokerLink by = link;
        listener.connects();
        by.connect()
                .whenComplete((greeting, failure) -> thread.execute(() -> {
                    if (failure == null) {
                        greeted(mine, by, greeting);
                    } else {
                        failed(mine, failure);
                    }
                }));
        thread.schedule(GREETING_MS, () -> {
            if (mine == attempts && !connected && link == by) {
                failed(mine, new BrokerException(BrokerException.Kind.HUNG_UP, "the broker does not answer", null));
            }
        });
    }

    private void prepareLink() throws BrokerException {
        if (link != null && link.version() != versions.version()) {
            cut();
        }
        if (link == null) {
            Events events = new Events();
            link = links.open(options, versions.version(), events);
            events.of = link;
        }
    }

    private void cut() {
        link.close();
        link = null;
    }

    private void greeted(int attempt, BrokerLink by, Greeting greeting) {
        if (attempt != attempts || by != link || stopped) {
            return;
        }
        connected = true;
        connectedMs = thread.nowMs();
        versions.connected();
        listener.connected(by, greeting);
    }

    private void failed(int attempt, Throwable failure) {
        if (attempt != attempts || stopped) {
            return;
        }
        attempts++;
        if (link != null) {
            cut();
        }
        log.trouble("connecting fails and is tried again", failure.getMessage());
        versions.failed(failure instanceof BrokerException e ? e.kind() : BrokerException.Kind.UNREACHABLE);
        thread.schedule(backoff.nextMs(), this::start);
    }

    private void lost(BrokerLink by, String reason) {
        if (by != link || !connected || stopped) {
            return;
        }
        connected = false;
        attempts++;
        if (thread.nowMs() - connectedMs >= GOOD_MS) {
            backoff.reset();
        }
        log.state("connection lost: " + reason);
        listener.lost();
        thread.schedule(backoff.nextMs(), this::start);
    }

    /** What the session is known by. */
    String clientId() {
        return options.clientId();
    }

    /** Connects anew, so that the broker sends again what was not acknowledged. */
    void restart(String reason) {
        if (connected) {
            BrokerLink old = link;
            lost(old, reason);
            cut();
        }
    }

    /** Says goodbye; completes when the broker has been told or does not answer. */
    CompletionStage<Void> stop() {
        stopped = true;
        connected = false;
        return link == null ? CompletableFuture.completedFuture(null) : link.disconnect();
    }

    /** What one link tells; a link that has been replaced is not listened to. */
    private final class Events implements BrokerEvents {

        private volatile BrokerLink of;

        @Override
        public void arrived(Arrival arrival) {
            listener.arrived(arrival);
        }

        @Override
        public void lost(String reason) {
            thread.execute(() -> Connection.this.lost(of, reason));
        }
    }
}
