// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import io.streamrelay.api.Registration;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.servlet.http.HttpServletResponse;

/** Shows each picture of the gateway to all browsers that watch, as server-sent events, from a thread of its own. */
final class EventStreams implements Handler, AutoCloseable {

    /** Our own choice: what a small gateway can be asked for. */
    static final int STREAMS_MAX = 16;

    /** How often a stream that has nothing to say says so, in milliseconds: proxies close silent ones. A guess. */
    private static final long BEAT_MS = 10_000;

    private static final byte[] BEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final Gateway gateway;
    private final Token token;
    private final Semaphore places = new Semaphore(STREAMS_MAX);
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor thread;
    private final Registration watch;
    private volatile boolean closed;

    EventStreams(Gateway gateway, Token token) {
        this.gateway = gateway;
        this.token = token;
        thread = new ScheduledThreadPoolExecutor(1, EventStreams::thread, new ThreadPoolExecutor.DiscardPolicy());
        thread.scheduleWithFixedDelay(this::beat, BEAT_MS, BEAT_MS, TimeUnit.MILLISECONDS);
        watch = gateway.watch(snapshot -> ask());
    }

    private static Thread thread(Runnable task) {
        Thread created = new Thread(task, "srp-console-web");
        created.setDaemon(true);
        return created;
    }

    /** However often: what is shown is what there is then. */
    private void ask() {
        if (!open.isEmpty() && asked.compareAndSet(false, true)) {
            thread.execute(this::show);
        }
    }

    private void show() {
        asked.set(false);
        byte[] event = event();
        open.forEach(stream -> stream.offer(event));
    }

    private void beat() {
        open.forEach(stream -> stream.beat(BEAT));
    }

    private byte[] event() {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        event.writeBytes("event: state\ndata: ".getBytes(StandardCharsets.UTF_8));
        event.writeBytes(Json.bytes(PageState.of(gateway, token.text())));
        event.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
        return event.toByteArray();
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        if (!exchange.request().isAsyncSupported()) {
            exchange.text(501, "This web server cannot keep a stream open: ask for api/state.");
        } else if (closed || !places.tryAcquire()) {
            exchange.response().setHeader("Retry-After", "10");
            exchange.text(503, "Enough browsers are watching: ask for api/state, or try again later.");
        } else {
            start(exchange);
        }
    }

    private void start(Exchange exchange) throws IOException {
        HttpServletResponse response = exchange.response();
        response.setStatus(200);
        response.setContentType("text/event-stream;charset=utf-8");
        // For nginx, which would otherwise wait until it has more.
        response.setHeader("X-Accel-Buffering", "no");
        EventStream stream = new EventStream(exchange.request().startAsync(), this::ended);
        open.add(stream);
        stream.offer(event());
        stream.start();
        if (closed) {
            stream.end();
        }
    }

    private void ended(EventStream stream) {
        if (open.remove(stream)) {
            places.release();
        }
    }

    /** How many browsers watch. */
    int watching() {
        return open.size();
    }

    @Override
    public void close() {
        closed = true;
        watch.close();
        thread.shutdownNow();
        open.forEach(EventStream::end);
    }
}
