// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageServletTest {

    private final PageRelay gateway = new PageRelay();
    private final List<PageResource> resources = new ArrayList<>();
    private final Pages pages = new Pages(gateway, () -> resources);
    private final PageServlet servlet =
            new PageServlet(new Guard(new OwnLogin(PageExchange.USER, PageExchange.PASSWORD), () -> 0), pages);

    @AfterEach
    void close() {
        pages.close();
    }

    private PageExchange get(String path) throws IOException {
        return PageExchange.get(path).with(servlet);
    }

    @Test
    void asksForALogin() throws IOException {
        PageExchange exchange = new PageExchange("GET", "/api/state").with(servlet);
        assertEquals(401, exchange.status());
        assertEquals("Basic realm=\"Streamrelay\", charset=\"UTF-8\"", exchange.header("WWW-Authenticate"));
        assertFalse(exchange.body().contains(PageRelay.SELF.hex()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/assets/app.js", "/api/state", "/api/events", "/api/trace", "/api/publish", "/other"})
    void showsNothingWithoutALogin(String path) throws IOException {
        for (String method : List.of("GET", "POST", "PUT")) {
            assertEquals(401, new PageExchange(method, path).with(servlet).status());
        }
    }

    @Test
    void letsAGuesserWait() throws IOException {
        for (int i = 0; i < Attempts.FAILURES_MAX; i++) {
            PageExchange wrong = new PageExchange("GET", "/").saying("Authorization", PageExchange.basic("a", "b"));
            assertEquals(401, wrong.with(servlet).status());
        }
        PageExchange closed = get("/");
        assertEquals(429, closed.status());
        assertEquals("60", closed.header("Retry-After"));
        assertEquals(200, PageExchange.get("/").from("192.0.2.8").with(servlet).status());
    }

    @Test
    void asksNobodyForAPasswordInPlain() throws IOException {
        PageExchange exchange = PageExchange.get("/").inPlainFrom("192.0.2.7").with(servlet);
        assertEquals(403, exchange.status());
        assertNull(exchange.header("WWW-Authenticate"));
        assertTrue(exchange.body().contains("use https"), exchange.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "0:0:0:0:0:0:0:1", "[0:0:0:0:0:0:0:1]", "::1%lo"})
    void isShownInPlainOnTheGatewayItself(String address) throws IOException {
        assertEquals(
                200, PageExchange.get("/").inPlainFrom(address).with(servlet).status());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"localhost", "127.0.0.1.example.org", "1127.0.0.1", "::11", "fe80::1", ""})
    void isNotShownInPlainToWhoIsElsewhere(String address) throws IOException {
        assertEquals(
                403, PageExchange.get("/").inPlainFrom(address).with(servlet).status());
    }

    @Test
    void tellsBrowsersOnEveryAnswerWhatTheyMayDoWithIt() throws IOException {
        List<PageExchange> exchanges = List.of(
                get("/"),
                get("/api/state"),
                get("/api/events"),
                get("/other"),
                new PageExchange("GET", "/").with(servlet),
                PageExchange.get("/").inPlainFrom("192.0.2.7").with(servlet),
                PageExchange.post("/api/publish", "{}").with(servlet));
        for (PageExchange exchange : exchanges) {
            assertEquals(
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                            + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
                    exchange.header("Content-Security-Policy"));
            assertEquals("nosniff", exchange.header("X-Content-Type-Options"));
            assertEquals("no-referrer", exchange.header("Referrer-Policy"));
            assertNull(exchange.header("Access-Control-Allow-Origin"));
        }
        assertEquals("no-store", get("/api/state").header("Cache-Control"));
    }

    @Test
    void leadsToTheFolder() throws IOException {
        PageExchange exchange = get(null);
        assertEquals(302, exchange.status());
        assertEquals("/srp/", exchange.header("Location"));
    }

    @Test
    void servesAllFilesThatThePageRefersTo() throws IOException {
        assertTrue(get("/").body().contains("assets/app.js"));
        Pattern imported = Pattern.compile("from '\\./([^']+)'");
        for (String name : Asset.names()) {
            PageExchange exchange = get("/assets/" + name);
            assertEquals(200, exchange.status(), name);
            Matcher imports = imported.matcher(exchange.body());
            while (imports.find()) {
                assertTrue(Asset.names().contains(imports.group(1)), name + " imports " + imports.group(1));
            }
        }
    }

    /** The policy would refuse both, and the page would be without them. */
    @Test
    void nothingOfThePageIsInlineOrFromElsewhere() throws IOException {
        for (String name : Asset.names()) {
            String text = get("/assets/" + name).body();
            assertFalse(text.matches("(?s).*\\sstyle=[\"'$].*"), name);
            assertFalse(name.endsWith(".css") && text.contains("url("), name);
        }
        assertFalse(get("/").body().matches("(?s).*(<style|<script>|onclick=|src=\"http).*"));
    }

    @Test
    void servesNoOtherFile() throws IOException {
        for (String name : List.of("../Asset.class", "index.html", "", "app.js/", "lit-html.js.map")) {
            assertEquals(404, get("/assets/" + name).status(), name);
        }
    }

    @Test
    void aFileThatABrowserHasIsNotSentAgain() throws IOException {
        String etag = get("/assets/app.js").header("ETag");
        PageExchange again =
                PageExchange.get("/assets/app.js").saying("If-None-Match", etag).with(servlet);
        assertEquals(304, again.status());
        assertEquals("", again.body());
    }

    @Test
    void eachPathHasItsMethods() throws IOException {
        assertEquals("POST", get("/api/publish").header("Allow"));
        assertEquals(405, get("/api/publish").status());
        assertEquals(405, PageExchange.post("/api/state", "").with(servlet).status());
        PageExchange delete = new PageExchange("DELETE", "/")
                .saying("Authorization", PageExchange.basic(PageExchange.USER, PageExchange.PASSWORD));
        assertEquals(405, delete.with(servlet).status());
    }

    @Test
    void showsWhatOtherPackagesHave() throws IOException {
        assertEquals(404, get("/metrics").status());
        resources.add(new PageResource() {
            @Override
            public String path() {
                return "metrics";
            }

            @Override
            public String contentType() {
                return "text/plain";
            }

            @Override
            public byte[] render() {
                return "srp_up 1\n".getBytes(StandardCharsets.UTF_8);
            }
        });
        assertEquals("srp_up 1\n", get("/metrics").body());
        assertEquals(401, new PageExchange("GET", "/metrics").with(servlet).status());
    }

    @Test
    void aMistakeIsToldWithoutItsInsides() throws IOException {
        resources.add(Fakes.as(PageResource.class, (called, arguments) -> {
            if (called.equals("path")) {
                return "broken";
            }
            throw new IllegalStateException("inside");
        }));
        PageExchange exchange = get("/broken");
        assertEquals(500, exchange.status());
        assertFalse(exchange.body().contains("inside"));
    }

    @Test
    void tellsTheStateWithoutAnySecret() throws IOException {
        PageExchange exchange = get("/api/state");
        assertEquals("application/json", exchange.header("Content-Type"));
        assertEquals("OK", exchange.json().at("/snapshot/level").asText());
        assertEquals(
                PageRelay.PEER.hex(), exchange.json().at("/snapshot/peers/0/id").asText());
        assertEquals("bad-magic", exchange.json().at("/drops/0/reason").asText());
        assertEquals("peer is gone", exchange.json().at("/events/0/text").asText());
        assertEquals("HELD", exchange.json().at("/messages/0/steps/2/stage").asText());
        String text = exchange.body();
        assertFalse(text.contains(PageExchange.PASSWORD) || text.contains(PageExchange.USER));
        assertFalse(text.toLowerCase(java.util.Locale.ROOT).matches("(?s).*(password|sharedkey|payload|privatekey).*"));
    }

    @Test
    void tellsAMessagesWay() throws IOException {
        PageExchange exchange = get("/api/trace?id=" + PageRelay.MESSAGE.hex());
        assertEquals(PageRelay.PEER.hex(), exchange.json().at("/steps/2/peer").asText());
        assertEquals(404, get("/api/trace?id=" + PageRelay.PEER.hex()).status());
        assertEquals(400, get("/api/trace?id=12").status());
        assertEquals(400, get("/api/trace").status());
    }
}
