// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A file of the page. Browsers keep it and ask whether it is still the same. */
final class Asset implements Handler {

    static final String INDEX = "index.html";

    private static final String HTML = "text/html;charset=utf-8";
    private static final String SCRIPT = "text/javascript;charset=utf-8";

    /** All there are: nothing else in the jar can be asked for. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("app.js", SCRIPT),
            Map.entry("glance.js", SCRIPT),
            Map.entry("layout.js", SCRIPT),
            Map.entry("live.js", SCRIPT),
            Map.entry("mesh.js", SCRIPT),
            Map.entry("panels.js", SCRIPT),
            Map.entry("peers.js", SCRIPT),
            Map.entry("publish.js", SCRIPT),
            Map.entry("words.js", SCRIPT),
            Map.entry("lit-html.js", SCRIPT),
            Map.entry("style.css", "text/css;charset=utf-8"),
            Map.entry("lit-html.LICENSE", Exchange.TEXT));

    /** Where bnd puts what the page needs of others; see bnd.bnd. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "lit-html.js", "webjar/META-INF/resources/webjars/lit-html/3.3.1/lit-html.js",
            "lit-html.LICENSE", "webjar/META-INF/resources/webjars/lit-html/3.3.1/LICENSE");

    private static final int ETAG_BYTES = 12;

    private final String type;
    private final byte[] content;
    private final String etag;

    private Asset(String type, byte[] content) {
        this.type = type;
        this.content = content;
        etag = '"' + HexFormat.of().formatHex(Arrays.copyOf(Digest.of(content), ETAG_BYTES)) + '"';
    }

    /** The page's own file. */
    static Asset index() {
        return load(INDEX, HTML);
    }

    /** All others, by name. */
    static Map<String, Asset> all() {
        Map<String, Asset> assets = new TreeMap<>();
        TYPES.forEach((name, type) -> assets.put(name, load(name, type)));
        return assets;
    }

    static List<String> names() {
        return TYPES.keySet().stream().sorted().toList();
    }

    private static Asset load(String name, String type) {
        String place = ELSEWHERE.getOrDefault(name, "assets/" + name);
        try (InputStream in = Asset.class.getResourceAsStream(place)) {
            if (in == null) {
                throw new IllegalStateException("the jar was built without " + place);
            }
            return new Asset(type, in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(place + " cannot be read", e);
        }
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        exchange.response().setHeader("Cache-Control", "private, no-cache");
        exchange.response().setHeader("ETag", etag);
        if (etag.equals(exchange.request().getHeader("If-None-Match"))) {
            exchange.response().setStatus(304);
        } else {
            exchange.answer(200, type, content);
        }
    }
}
