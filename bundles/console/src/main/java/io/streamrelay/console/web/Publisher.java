// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import io.streamrelay.api.Receipt;
import io.streamrelay.api.RefusedException;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.servlet.http.HttpServletRequest;

/** Publishes a test message that somebody has written on the page, and tells which one it has become. */
final class Publisher implements Handler {

    /** Of a request, in bytes. */
    static final int BODY_BYTES_MAX = 64 * 1024;

    /** A web server's threads are few: no more of them may wait here. Our own choice. */
    static final int WAITING_MAX = 4;

    private final Gateway gateway;
    private final Token token;
    private final long waitMs;
    private final Semaphore places = new Semaphore(WAITING_MAX);

    /** @param waitMs how long an answer may wait until the message is committed, in milliseconds */
    Publisher(Gateway gateway, Token token, long waitMs) {
        this.gateway = gateway;
        this.token = token;
        this.waitMs = waitMs;
    }

    /**
     * A message that is committed.
     *
     * @param id of its first packet, by which its way is asked for
     * @param packets how many carry it
     * @param steps what has happened to it until now
     */
    record Published(String id, int packets, List<TraceView.Step> steps) {}

    @Override
    public void handle(Exchange exchange) throws IOException {
        try {
            token.check(exchange.request());
            TestMessage asked = read(exchange.request());
            exchange.json(200, publish(asked));
        } catch (RefusedRequest e) {
            if (e.status() == 503) {
                exchange.response().setHeader("Retry-After", "5");
            }
            exchange.json(e.status(), e.body());
        }
    }

    private static TestMessage read(HttpServletRequest request) throws RefusedRequest, IOException {
        // No form of another page can send this type.
        if (!Exchange.JSON.equals(request.getContentType())) {
            throw new RefusedRequest(415, "Content-Type: it must be " + Exchange.JSON);
        }
        InputStream in = request.getInputStream();
        byte[] body = in.readNBytes(BODY_BYTES_MAX + 1);
        if (body.length > BODY_BYTES_MAX) {
            throw new RefusedRequest(413, "a request has at most " + BODY_BYTES_MAX + " bytes");
        }
        try {
            TestMessage asked = Json.read(body, TestMessage.class);
            if (asked == null) {
                throw new RefusedRequest(400, "the request is null, and no message");
            }
            return asked;
        } catch (IOException e) {
            throw new RefusedRequest(400, "the request is not what the page sends: subcluster, topic, text, qos");
        }
    }

    private Published publish(TestMessage asked) throws RefusedRequest {
        Message message = asked.message();
        StreamRelay relay = gateway.relay().orElseThrow(() -> new RefusedRequest(503, "the node is not running"));
        if (!places.tryAcquire()) {
            throw new RefusedRequest(503, "other test messages are still waiting: try again");
        }
        try {
            Receipt receipt = send(relay, asked.subcluster(), message);
            return new Published(receipt.packetId().hex(), receipt.packets(), steps(relay, receipt.packetId()));
        } catch (IllegalStateException e) {
            throw new RefusedRequest(503, "the node has just been closed");
        } finally {
            places.release();
        }
    }

    private Receipt send(StreamRelay relay, String name, Message message) throws RefusedRequest {
        Subcluster subcluster = relay.subcluster(name)
                .orElseThrow(() -> new RefusedRequest(404, "subcluster: '" + name + "' is not open"));
        try {
            return subcluster.send(message).toCompletableFuture().get(waitMs, TimeUnit.MILLISECONDS);
        } catch (RefusedException e) {
            throw refused(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RefusedException reason) {
                throw refused(reason);
            }
            throw new RefusedRequest(500, "it was not accepted: " + e.getCause());
        } catch (TimeoutException e) {
            throw new RefusedRequest(504, "it is not committed yet, and may still be: the node is busy");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedRequest(503, "the web server is ending");
        }
    }

    private static RefusedRequest refused(RefusedException e) {
        int status =
                switch (e.reason()) {
                    case TOO_LARGE -> 413;
                    case STORE_FAILED, STORE_FULL -> 507;
                    default -> 503;
                };
        return new RefusedRequest(status, e.reason() + ": " + e.getMessage());
    }

    private static List<TraceView.Step> steps(StreamRelay relay, Id id) {
        return relay.trace(id).map(TraceView::of).map(TraceView::steps).orElse(List.of());
    }
}
