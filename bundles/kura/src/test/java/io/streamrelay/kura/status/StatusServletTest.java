// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.StreamRelay;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusServletTest {

    private final AtomicLong nowMs = new AtomicLong(5_000);
    private final AtomicReference<StreamRelay> relay = new AtomicReference<>(FakeRelay.withSubcluster("fields"));
    private final StatusServlet servlet = new StatusServlet(
            new Guard(new Login(FakeExchange.USER, FakeExchange.PASSWORD), nowMs::get),
            new NodePage("1.2.3"),
            relay::get);

    private FakeExchange askKnowingTheLogin() throws IOException {
        return new FakeExchange().knowingTheLogin().with(servlet);
    }

    private FakeExchange askWithAWrongPassword() throws IOException {
        return new FakeExchange()
                .saying(FakeExchange.basic(FakeExchange.USER, "a guess"))
                .with(servlet);
    }

    @Test
    void asksForTheLoginAndShowsNothingBefore() throws IOException {
        for (String path : new String[] {null, "/", "/style.css", "/other"}) {
            FakeExchange exchange = new FakeExchange().to(path).with(servlet);
            assertEquals(401, exchange.status());
            assertEquals("Basic realm=\"Streamrelay\", charset=\"UTF-8\"", exchange.header("WWW-Authenticate"));
            assertFalse(exchange.body().contains("<"), exchange.body());
        }
    }

    @Test
    void showsTheNodeToWhoKnowsTheLogin() throws IOException {
        FakeExchange exchange = askKnowingTheLogin();
        assertEquals(200, exchange.status());
        assertEquals("text/html;charset=utf-8", exchange.header("Content-Type"));
        assertTrue(exchange.body().contains(FakeRelay.SELF.hex()), exchange.body());
        assertTrue(exchange.body().contains("href=\"/streamrelay/style.css\""), exchange.body());
    }

    @Test
    void refusesAWrongPassword() throws IOException {
        assertEquals(401, askWithAWrongPassword().status());
    }

    @Test
    void saysThatThereIsNoNode() throws IOException {
        relay.set(null);
        FakeExchange exchange = askKnowingTheLogin();
        assertEquals(200, exchange.status());
        assertTrue(exchange.body().contains("The node is not running."), exchange.body());
    }

    @Test
    void afterTenWrongOnesLooksAtNobodyForTheRestOfTheMinute() throws IOException {
        for (int i = 0; i < 10; i++) {
            assertEquals(401, askWithAWrongPassword().status());
            nowMs.addAndGet(1_000);
        }
        FakeExchange refused = askKnowingTheLogin();
        assertEquals(429, refused.status());
        assertEquals("50", refused.header("Retry-After"));
        assertFalse(refused.body().contains(FakeRelay.SELF.hex()));
        nowMs.addAndGet(50_000);
        assertEquals(200, askKnowingTheLogin().status());
    }

    @Test
    void asksNobodyForAPasswordInPlain() throws IOException {
        FakeExchange exchange =
                new FakeExchange().inPlainFrom("192.0.2.7").knowingTheLogin().with(servlet);
        assertEquals(403, exchange.status());
        assertNull(exchange.header("WWW-Authenticate"));
        assertTrue(exchange.body().contains("use https"), exchange.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "0:0:0:0:0:0:0:1", "[0:0:0:0:0:0:0:1]", "::1%lo"})
    void isShownInPlainOnTheGatewayItself(String address) throws IOException {
        FakeExchange exchange =
                new FakeExchange().inPlainFrom(address).knowingTheLogin().with(servlet);
        assertEquals(200, exchange.status());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"localhost", "127.0.0.1.example.org", "1127.0.0.1", "::11", "fe80::1", ""})
    void isNotShownInPlainToWhoIsElsewhere(String address) throws IOException {
        FakeExchange exchange =
                new FakeExchange().inPlainFrom(address).knowingTheLogin().with(servlet);
        assertEquals(403, exchange.status());
    }

    @Test
    void canOnlyBeRead() throws IOException {
        FakeExchange exchange = new FakeExchange().by("POST").knowingTheLogin().with(servlet);
        assertEquals(405, exchange.status());
        assertEquals("GET, HEAD", exchange.header("Allow"));
    }

    @Test
    void tellsTheLengthAlone() throws IOException {
        FakeExchange exchange = new FakeExchange().by("HEAD").knowingTheLogin().with(servlet);
        assertEquals(200, exchange.status());
        assertEquals("", exchange.body());
        assertEquals(askKnowingTheLogin().length(), exchange.length());
    }

    @Test
    void servesTheStylesheetAndNothingElse() throws IOException {
        FakeExchange stylesheet =
                new FakeExchange().to("/style.css").knowingTheLogin().with(servlet);
        assertEquals(200, stylesheet.status());
        assertEquals("text/css;charset=utf-8", stylesheet.header("Content-Type"));
        assertTrue(stylesheet.body().contains("prefers-color-scheme: dark"));
        FakeExchange other = new FakeExchange().to("/other").knowingTheLogin().with(servlet);
        assertEquals(404, other.status());
    }

    @Test
    void tellsBrowsersOnEveryAnswerWhatTheyMayDoWithIt() throws IOException {
        List<FakeExchange> exchanges = List.of(
                askKnowingTheLogin(),
                new FakeExchange().with(servlet),
                new FakeExchange().inPlainFrom("192.0.2.7").with(servlet),
                new FakeExchange().by("PUT").with(servlet),
                new FakeExchange().to("/other").knowingTheLogin().with(servlet));
        for (FakeExchange exchange : exchanges) {
            assertEquals(
                    "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
                    exchange.header("Content-Security-Policy"));
            assertEquals("nosniff", exchange.header("X-Content-Type-Options"));
            assertEquals("no-referrer", exchange.header("Referrer-Policy"));
            assertEquals("no-store", exchange.header("Cache-Control"));
        }
    }
}
