// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.equinox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a browser sees of a gateway through Kura's web server, as the form of the status page says. */
class StatusPageIT {

    private static final String PAGE = "/streamrelay";
    private static final String PASSWORD = "a secret, with : and ü";
    private static final int SHORT_ID = 8;

    @TempDir
    Path folder;

    private final HttpClient browser = HttpClient.newHttpClient();
    private int port;
    private KuraGateway gateway;
    private KuraGateway peer;

    @BeforeEach
    void startBoth() throws Exception {
        port = LoopbackPort.free().number();
        gateway = new KuraGateway(folder.resolve("here")).withWebServer(port);
        peer = new KuraGateway(folder.resolve("there"), gateway.endpoint());
        gateway.start();
        peer.start();
    }

    @AfterEach
    void stopBoth() throws Exception {
        gateway.close();
        peer.close();
    }

    private HttpResponse<String> ask(String path, String user, String password) {
        byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return ask(request(path)
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<String> ask(HttpRequest.Builder request) {
        try {
            return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private int statusWith(String password) {
        return ask(PAGE, "streamrelay", password).statusCode();
    }

    private int statusWithout() {
        return ask(request(PAGE)).statusCode();
    }

    private void set(String key, Object value) throws Exception {
        gateway.kura().update(KuraGateway.STATUS_PAGE, Map.of(key, value));
    }

    private void enable() throws Exception {
        gateway.kura().update(KuraGateway.STATUS_PAGE, Map.of("enabled", true, "password", PASSWORD));
        KuraGateway.await("a page that asks for a password", () -> statusWithout() == 401);
    }

    @Test
    void showsTheNodeAndItsPeersOnceItIsEnabled() throws Exception {
        KuraGateway.await("a form", () -> gateway.kura().shown().contains(KuraGateway.STATUS_PAGE));
        assertEquals(404, statusWithout());
        enable();
        assertEquals(401, statusWith(""));
        String peersId = peer.peerId().substring(0, SHORT_ID);
        KuraGateway.await(
                "the peer on the page",
                () -> ask(PAGE, "streamrelay", PASSWORD).body().contains(peersId));
        HttpResponse<String> page = ask(PAGE, "streamrelay", PASSWORD);
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains(gateway.peerId()), page.body());
        assertTrue(page.headers().firstValue("Content-Type").orElse("").startsWith("text/html"));
        assertTrue(page.headers().firstValue("Content-Security-Policy").isPresent());
        HttpResponse<String> stylesheet = ask(PAGE + "/style.css", "streamrelay", PASSWORD);
        assertEquals(200, stylesheet.statusCode());
        assertEquals(401, ask(request(PAGE + "/style.css")).statusCode());
        assertEquals(404, ask(PAGE + "/other", "streamrelay", PASSWORD).statusCode());
    }

    @Test
    void followsItsForm() throws Exception {
        enable();
        set("password", "another");
        KuraGateway.await("the other password alone", () -> statusWith(PASSWORD) == 401);
        assertEquals(200, statusWith("another"));
        set("username", "somebody");
        KuraGateway.await("the other user alone", () -> statusWith("another") == 401);
        assertEquals(200, ask(PAGE, "somebody", "another").statusCode());
        set("enabled", false);
        KuraGateway.await("no page", () -> statusWithout() == 404);
    }

    @Test
    void looksAtNobodyAfterTenGuesses() throws Exception {
        enable();
        for (int i = 0; i < 10; i++) {
            assertEquals(401, statusWith("guess " + i));
        }
        HttpResponse<String> refused = ask(PAGE, "streamrelay", PASSWORD);
        assertEquals(429, refused.statusCode());
        assertTrue(refused.headers().firstValueAsLong("Retry-After").orElse(0) > 0);
    }
}
