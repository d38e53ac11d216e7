// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** All that there is to see at {@code /srp}, and to do. */
final class Pages implements AutoCloseable {

    /** How long a test message may take to be committed, in milliseconds; a disk that is slower is in trouble. */
    private static final long PUBLISH_MS = 5_000;

    private final Map<String, Handler> reads = new HashMap<>();
    private final Map<String, Handler> writes = new HashMap<>();
    private final Supplier<Iterable<PageResource>> resources;
    private final EventStreams streams;

    /** @param resources those of other packages at this moment */
    Pages(Gateway gateway, Supplier<Iterable<PageResource>> resources) {
        this.resources = resources;
        Token token = new Token();
        streams = new EventStreams(gateway, token);
        reads.put("/", Asset.index());
        Asset.all().forEach((name, asset) -> reads.put("/assets/" + name, asset));
        reads.put("/api/state", exchange -> exchange.json(200, PageState.of(gateway, token.text())));
        reads.put("/api/events", streams);
        reads.put("/api/trace", new Tracer(gateway));
        writes.put("/api/publish", new Publisher(gateway, token, PUBLISH_MS));
    }

    /** What shows that path, if anything does. */
    Optional<Handler> read(String path) {
        Handler own = reads.get(path);
        return own == null ? resource(path) : Optional.of(own);
    }

    private Optional<Handler> resource(String path) {
        for (PageResource resource : resources.get()) {
            if (path.equals("/" + resource.path())) {
                return Optional.of(exchange -> exchange.answer(200, resource.contentType(), resource.render()));
            }
        }
        return Optional.empty();
    }

    /** What takes a POST to that path, if anything does. */
    Optional<Handler> write(String path) {
        return Optional.ofNullable(writes.get(path));
    }

    @Override
    public void close() {
        streams.close();
    }
}
