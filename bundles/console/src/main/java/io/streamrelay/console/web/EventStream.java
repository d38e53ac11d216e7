// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.servlet.AsyncContext;
import javax.servlet.AsyncEvent;
import javax.servlet.AsyncListener;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;

/**
 * What one browser is shown, as it comes. Nobody waits for a browser: what it has not taken yet is replaced by what is
 * newer. Thread-safe.
 */
final class EventStream implements WriteListener, AsyncListener {

    /** Who takes nothing for so long is not there. A guess: a phone that has changed its network comes back earlier. */
    static final long STUCK_MS = 60_000;

    /** Then the browser comes again, and has to be one that may. Our own choice. */
    static final long AGE_MAX_MS = 15 * 60_000;

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final Consumer<EventStream> onEnd;
    private final long sinceMs;
    private byte[] next;
    private boolean possible;
    private boolean unflushed;
    private boolean ended;
    private long takenMs;

    /** @param onEnd called once */
    EventStream(AsyncContext context, Consumer<EventStream> onEnd) throws IOException {
        this.context = context;
        this.onEnd = onEnd;
        out = context.getResponse().getOutputStream();
        sinceMs = nowMs();
        takenMs = sinceMs;
    }

    private static long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /** Begins to write when the web server says that it can. */
    void start() {
        context.addListener(this);
        context.setTimeout(0);
        out.setWriteListener(this);
    }

    /** To be written instead of what waits. */
    synchronized void offer(byte[] event) {
        next = event;
        drain();
    }

    /** To be written if nothing else waits; ends the stream when it is old, or nothing is taken. */
    void beat(byte[] comment) {
        synchronized (this) {
            long now = nowMs();
            if (now - sinceMs < AGE_MAX_MS && now - takenMs < STUCK_MS) {
                if (next == null) {
                    offer(comment);
                }
                return;
            }
        }
        end();
    }

    @Override
    public synchronized void onWritePossible() {
        possible = true;
        drain();
    }

    /** After a stream has said that it is not ready, it calls when it is: until then it must not be touched. */
    private void drain() {
        try {
            while (possible && !ended && (next != null || unflushed)) {
                if (!out.isReady()) {
                    possible = false;
                } else if (unflushed) {
                    out.flush();
                    unflushed = false;
                    takenMs = nowMs();
                } else {
                    byte[] event = next;
                    next = null;
                    unflushed = true;
                    out.write(event);
                }
            }
        } catch (IOException | IllegalStateException e) {
            // The browser has gone.
            end();
        }
    }

    /** Closes it; once more is harmless. */
    void end() {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        onEnd.accept(this);
        try {
            context.complete();
        } catch (IllegalStateException e) {
            // The web server was faster.
        }
    }

    @Override
    public void onError(Throwable cause) {
        end();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Nobody starts it again.
    }
}
