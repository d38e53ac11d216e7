// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Message;
import io.streamrelay.api.Refusal;
import io.streamrelay.api.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublisherTest {

    private static final String JSON = "{\"subcluster\":\"demo\",\"topic\":\"demo/a\",\"text\":\"grüß\",\"qos\":1}";

    private final PageRelay gateway = new PageRelay();
    private final Token token = new Token();
    private final Publisher publisher = new Publisher(gateway, token, 50);

    private PageExchange asked(String json) {
        return PageExchange.post("/api/publish", json).saying(Token.HEADER, token.text());
    }

    private PageExchange answered(PageExchange exchange) throws IOException {
        publisher.handle(new Exchange(exchange.request(), exchange.response()));
        return exchange;
    }

    private void assertRefused(int status, String reason, PageExchange exchange) throws IOException {
        answered(exchange);
        assertEquals(status, exchange.status(), exchange.body());
        String error = exchange.json().get("error").asText();
        assertTrue(error.contains(reason), error);
    }

    @Test
    void publishesAndTellsWhichMessageItIs() throws IOException {
        PageExchange exchange = answered(asked(JSON).saying("Origin", "https://gateway:8181"));
        assertEquals(200, exchange.status(), exchange.body());
        assertEquals(PageRelay.MESSAGE.hex(), exchange.json().get("id").asText());
        assertEquals("COMMITTED", exchange.json().at("/steps/1/stage").asText());
        Message sent = gateway.sent.get(0);
        assertEquals("demo/a", sent.topic());
        assertEquals("grüß", new String(sent.payload(), StandardCharsets.UTF_8));
        assertEquals(1, sent.qos());
    }

    @Test
    void doesNothingForAStrangersPage() throws IOException {
        assertRefused(403, Token.HEADER, PageExchange.post("/api/publish", JSON));
        assertRefused(403, Token.HEADER, asked(JSON).saying(Token.HEADER, new Token().text()));
        assertRefused(403, "Origin", asked(JSON).saying("Origin", "https://evil.example"));
        assertRefused(403, "Origin", asked(JSON).saying("Origin", "null"));
        assertRefused(403, "Origin", asked(JSON).saying("Origin", "https://gateway:8182"));
        assertEquals(0, gateway.sent.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/json;charset=utf-8", ""})
    void takesJsonAlone(String type) throws IOException {
        assertRefused(415, "application/json", asked(JSON).saying("Content-Type", type));
        assertEquals(0, gateway.sent.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{\"subcluster\":\"demo\",\"topic\":\"a\",\"text\":\"\",\"qos\":null}",
                "{\"subcluster\":\"demo\",\"topic\":\"a\",\"text\":\"\",\"qos\":1,\"more\":1}",
                "{\"subcluster\":\"demo\",\"topic\":\"a\",\"text\":\"\",\"qos\":1}{}",
                "{\"subcluster\":\"demo\",\"topic\":\"a/#\",\"text\":\"\",\"qos\":1}",
                "{\"subcluster\":\"demo\",\"topic\":\"\",\"text\":\"\",\"qos\":1}",
                "{\"subcluster\":\"demo\",\"topic\":\"a\",\"text\":\"\",\"qos\":3}",
                "{\"subcluster\":\"demo\",\"topic\":\"a\",\"qos\":1}",
                "{\"topic\":\"a\",\"text\":\"\",\"qos\":1}"
            })
    void refusesWhatIsNoMessage(String json) throws IOException {
        assertRefused(400, "", asked(json));
        assertEquals(0, gateway.sent.size());
    }

    @Test
    void refusesWhatIsTooLong() throws IOException {
        assertRefused(413, "65536", asked(" ".repeat(Publisher.BODY_BYTES_MAX + 1)));
        assertRefused(400, "", asked(" ".repeat(Publisher.BODY_BYTES_MAX)));
    }

    @ParameterizedTest
    @CsvSource({"TOO_LARGE,413", "BACKLOG_FULL,503", "BUSY,503", "STORE_FAILED,507", "STORE_FULL,507", "CLOSED,503"})
    void tellsWhyTheNodeRefused(Refusal reason, int status) throws IOException {
        gateway.receipt = CompletableFuture.failedFuture(new RefusedException(reason, "so it is"));
        assertRefused(status, reason + ": so it is", asked(JSON));
    }

    @Test
    void waitsNoLongerThanItSays() throws IOException {
        gateway.receipt = new CompletableFuture<>();
        assertRefused(504, "not committed yet", asked(JSON));
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        assertRefused(404, "'other' is not open", asked(JSON.replace("\"demo\"", "\"other\"")));
        gateway.runs = false;
        PageExchange exchange = asked(JSON);
        assertRefused(503, "not running", exchange);
        assertEquals("5", exchange.header("Retry-After"));
    }
}
