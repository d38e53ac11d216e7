// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a Paho client, whose calls for that wait for each other and may not be made on its own threads. */
final class PahoShutdown {

    private static final Logger LOG = LoggerFactory.getLogger(PahoShutdown.class);

    /** How long what is on its way may take, and how long the goodbye, in milliseconds. Our own choice. */
    private static final long QUIESCE_MS = 300;

    private static final long GOODBYE_MS = 500;

    interface Disconnect {
        void within(long quiesceMs, long goodbyeMs, boolean sayGoodbye) throws Exception;
    }

    interface Close {
        void now() throws Exception;
    }

    private final Disconnect disconnect;
    private final Close close;
    private volatile boolean begun;

    PahoShutdown(Disconnect disconnect, Close close) {
        this.disconnect = disconnect;
        this.close = close;
    }

    boolean begun() {
        return begun;
    }

    /** After what is on its way, with a goodbye: the broker does not publish the last will. */
    CompletionStage<Void> gently() {
        return run(() -> disconnect.within(QUIESCE_MS, GOODBYE_MS, true));
    }

    /** At once, as if the network had gone. */
    void atOnce() {
        run(() -> disconnect.within(0, 1, false));
    }

    private CompletionStage<Void> run(Close cut) {
        begun = true;
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    attempt(cut);
                    attempt(close);
                    done.complete(null);
                },
                "streamrelay-mqtt-shutdown");
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private static void attempt(Close step) {
        try {
            step.now();
        } catch (Exception e) {
            LOG.debug("A client that is being closed said: {}", e.getMessage());
        }
    }
}
