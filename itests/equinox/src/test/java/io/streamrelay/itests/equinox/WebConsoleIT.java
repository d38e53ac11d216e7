// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.equinox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;

/** The console's bundle beside our package, on Kura's framework, with its web server and a plain Gogo. */
class WebConsoleIT {

    private static final Path CONSOLE = Path.of(System.getProperty("streamrelay.console"));
    private static final Path GOGO = Path.of(System.getProperty("kura.shell"));
    private static final String LOGIN =
            "Basic " + Base64.getEncoder().encodeToString("operator:a secret".getBytes(StandardCharsets.UTF_8));

    private static final ObjectMapper JSON = new ObjectMapper();

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
        gateway.create(KuraGateway.SUBCLUSTER, "demo", Map.of("name", "demo", "sharedKey", "of the console"));
        Dictionary<String, Object> own = new Hashtable<>();
        own.put("username", "operator");
        own.put("password", "a secret");
        gateway.host()
                .service(ConfigurationAdmin.class)
                .getConfiguration("io.streamrelay.console", "?")
                .update(own);
        gateway.host().install(GOGO, CONSOLE);
        KuraGateway.await("a page", () -> status("") == 200);
        KuraGateway.await("the subcluster", () -> get("metrics").body().contains("subcluster=\"demo\""));
    }

    @AfterEach
    void stopBoth() throws Exception {
        gateway.close();
        peer.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/srp/" + path))
                .header("Authorization", LOGIN);
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return browser.send(request, handler);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> get(String path) {
        return send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private int status(String path) {
        return get(path).statusCode();
    }

    @Test
    void showsAndPublishesToWhoLogsIn() throws Exception {
        for (String path : List.of("", "assets/app.js", "api/state", "metrics")) {
            HttpRequest stranger = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/srp/" + path))
                    .build();
            assertEquals(
                    401, send(stranger, HttpResponse.BodyHandlers.ofString()).statusCode(), path);
            assertEquals(200, status(path), path);
        }
        String peersId = peer.peerId();
        KuraGateway.await(
                "the peer in the picture", () -> get("api/state").body().contains(peersId));

        String token = JSON.readTree(get("api/state").body()).path("token").asText();
        assertTrue(publish(token).path("id").asText().matches("[0-9a-f]{64}"));
    }

    private JsonNode publish(String token) throws IOException {
        Map<String, Object> message = Map.of("subcluster", "demo", "topic", "demo/t", "text", "hello", "qos", 1);
        HttpRequest post = request("api/publish")
                .header("Content-Type", "application/json")
                .header("X-Srp-Token", token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(message)))
                .build();
        HttpResponse<String> answer = send(post, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer::body);
        return JSON.readTree(answer.body());
    }

    @Test
    @Timeout(60)
    void tellsWhatChangesWithoutBeingAskedAgain() throws Exception {
        HttpResponse<InputStream> stream =
                send(request("api/events").build(), HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            int states = 0;
            for (String line = lines.readLine(); states < 2; line = lines.readLine()) {
                states += line.startsWith("data:") ? 1 : 0;
            }
        }
    }

    @Test
    void hasItsCommandsInGogo() throws Exception {
        assertTrue(typed("srp:status").contains("gateway " + gateway.peerId().substring(0, 8)), "srp:status");
        assertTrue(typed("srp:invite --no-qr demo").contains("srp1:"), "srp:invite");
        assertTrue(typed("srp:publish demo demo/t hello").contains("is on disk"), "srp:publish");
    }

    /** By reflection: Gogo's classes are those inside the framework. */
    private String typed(String line) throws Exception {
        ServiceReference<?> reference =
                gateway.host().context().getServiceReference("org.apache.felix.service.command.CommandProcessor");
        Object processor = gateway.host().context().getService(reference);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Object session = reference
                .getBundle()
                .loadClass("org.apache.felix.service.command.CommandProcessor")
                .getMethod("createSession", InputStream.class, OutputStream.class, OutputStream.class)
                .invoke(processor, new ByteArrayInputStream(new byte[0]), said, said);
        reference
                .getBundle()
                .loadClass("org.apache.felix.service.command.CommandSession")
                .getMethod("execute", CharSequence.class)
                .invoke(session, line);
        return said.toString(StandardCharsets.UTF_8);
    }
}
