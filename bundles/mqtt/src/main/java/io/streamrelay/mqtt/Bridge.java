// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Registration;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configured bridge. Brings what is (a session, or none) to what is wanted (the settings, and whether their
 * subcluster exists), one step at a time. While the subcluster does not exist the bridge stays away from the broker,
 * which keeps messages for it. Its methods may be called from any thread and return at once.
 */
final class Bridge {

    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

    private final StreamRelay relay;
    private final BridgeSetup setup;
    private final BridgeThread thread;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private BridgeSettings wanted;
    private Optional<Subcluster> subcluster = Optional.empty();
    private Registration watch = () -> {};
    private BridgeSession session;
    private BridgeSettings sessionSettings;
    private Subcluster sessionSubcluster;
    private boolean changing;
    private boolean closing;
    private boolean forGood;

    Bridge(StreamRelay relay, BridgeSetup setup) {
        this.relay = relay;
        this.setup = setup;
        this.thread = setup.thread();
    }

    void configure(BridgeSettings settings) {
        thread.execute(() -> {
            boolean otherSubcluster = wanted == null || !wanted.subcluster().equals(settings.subcluster());
            wanted = settings;
            setup.report().configured(settings);
            if (otherSubcluster && !closing) {
                watch(settings.subcluster());
            }
            reconcile();
        });
    }

    private void watch(String name) {
        watch.close();
        subcluster = Optional.empty();
        watch = relay.watch(
                name,
                found -> thread.execute(() -> {
                    if (name.equals(wanted.subcluster())) {
                        subcluster = found;
                        if (found.isEmpty()) {
                            setup.report().lost("there is no subcluster '" + name + "'");
                            LOG.info("MQTT bridge '{}': waits until there is a subcluster '{}'", setup.name(), name);
                        }
                        reconcile();
                    }
                }));
    }

    /**
     * Ends; completes when the broker has been told.
     *
     * @param deleted whether the bridge will not come back, so that the broker shall not keep messages for it
     */
    CompletionStage<Void> close(boolean deleted) {
        thread.execute(() -> {
            closing = true;
            forGood = deleted;
            watch.close();
            reconcile();
        });
        return closed;
    }

    private void reconcile() {
        if (changing) {
            return;
        }
        if (session != null && canStay()) {
            if (!wanted.equals(sessionSettings)) {
                session.routes(wanted.routes());
                sessionSettings = wanted;
            }
        } else if (session != null) {
            end();
        } else if (closing) {
            closed.complete(null);
        } else {
            subcluster.ifPresent(this::begin);
        }
    }

    private boolean canStay() {
        return !closing
                && subcluster.filter(found -> found == sessionSubcluster).isPresent()
                && wanted.differsInRoutesAlone(sessionSettings);
    }

    private void begin(Subcluster found) {
        sessionSubcluster = found;
        sessionSettings = wanted;
        session = new BridgeSession(setup, wanted, relay, found);
        session.open();
    }

    private void end() {
        changing = true;
        boolean last = closing ? forGood : !wanted.keepsSessionOf(sessionSettings);
        session.close(last)
                .whenComplete((ok, failure) -> thread.execute(() -> {
                    session = null;
                    changing = false;
                    reconcile();
                }));
    }
}
