// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricDataParser;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The web page of a gateway with two peers, in a real browser. */
@Order(8)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WebPageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TWO_KEEP_ALIVES = Duration.ofSeconds(2 * 12);
    private static final long LOOK_EVERY_NS = Duration.ofMillis(100).toNanos();
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final int PHONE_WIDTH = 360;

    private static GatewayProcess gateway;
    private static GatewayProcess near;
    private static GatewayProcess far;
    private static Browser browser;
    private static String origin;
    private static String password;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        int offset = PortOffset.free();
        GatewayHome home = home("web", "", offset);
        String peer = "127.0.0.1:" + (19_777 + offset);
        gateway = GatewayProcess.start(home, offset);
        near = GatewayProcess.start(home("web-near", peer, offset), PortOffset.free());
        far = GatewayProcess.start(home("web-far", peer, offset), PortOffset.free());
        origin = "127.0.0.1:" + gateway.awaitReady().http();
        near.awaitReady();
        far.awaitReady();
        password = new Console(home, offset).password();
        logIn();
    }

    /**
     * By the address; the browser remembers it for those without a password, from which all else has to come. Only once,
     * for going to and fro between the two leaves pages behind that Chromium keeps for the way back.
     */
    private static void logIn() {
        browser.open("http://karaf:" + password + "@" + origin + "/srp/");
    }

    private static GatewayHome home(String name, String peers, int secret) throws IOException {
        return GatewayHome.fresh(name)
                .configure("io.streamrelay.node", "peers = " + peers)
                .configure("io.streamrelay.subcluster-demo", "name = demo", "sharedKey = of the web page " + secret);
    }

    @AfterAll
    static void stop() {
        browser.close();
        for (GatewayProcess process : List.of(gateway, near, far)) {
            process.close();
        }
    }

    @BeforeEach
    void open() {
        browser.resize(1_440, 900, false);
        browser.prefer("light");
        browser.open(page());
        await("the page is live", PATIENCE, () -> browser.shows("#live[data-live=true]"));
    }

    private static String page() {
        return "http://" + origin + "/srp/";
    }

    @Test
    @Order(1)
    void drawsBothPeersAndFindsThatAllIsWell() throws Exception {
        await("the first peer is there", PATIENCE, () -> browser.shows(picture(near, "connected")));
        await("the second peer is there", PATIENCE, () -> browser.shows(picture(far, "connected")));

        await("all is well", PATIENCE, () -> browser.shows("[data-level=OK]"));
        assertTrue(browser.text().contains("All is well"), browser::text);
    }

    @Test
    @Order(2)
    void publishesAMessageAndShowsWhereItIs() throws Exception {
        try (Reader reader = new Reader(near.awaitReady().brokerUrl(), "demo/web")) {
            browser.element("#publish-topic").clear();
            browser.element("#publish-topic").sendKeys("demo/web");
            browser.element("#publish-text").clear();
            browser.element("#publish-text").sendKeys("from the page");
            browser.element("#publish button").click();

            await("a peer holds it", PATIENCE, () -> browser.shows("#publish-result[data-stage=held]"));
            List<Reader.Reading> read = reader.take(1, PATIENCE);
            assertEquals(1, read.size());
            assertEquals("from the page", new String(read.get(0).payload(), StandardCharsets.UTF_8));
        }
        await("it is listed", PATIENCE, () -> browser.element("#messages")
                .getText()
                .contains("demo/web"));
    }

    @ParameterizedTest
    @Order(3)
    @CsvSource({
        "desktop, 1440, 900, light",
        "dark, 1440, 900, dark",
        "phone, 360, 780, light",
        "phone-dark, 360, 780, dark"
    })
    void isLegibleToEverybody(String name, int width, int height, String scheme) throws Exception {
        browser.resize(width, height, width == PHONE_WIDTH);
        browser.prefer(scheme);
        // Of the picture, which follows the width a moment later, and of both peers.
        await(
                "both peers are drawn",
                PATIENCE,
                () -> browser.shows(picture(near, "connected")) && browser.shows(picture(far, "connected")));
        await("nothing is wider than the view", PATIENCE, () ->
                (Boolean) browser.evaluate("document.scrollingElement.scrollWidth <= " + width));
        browser.photograph(SCREENSHOTS.resolve(name + ".png"));
        assertEquals(List.of(), Axe.serious(browser));

        browser.element("#peers-table summary").click();
        await("the table is open", PATIENCE, () -> browser.shows("#peers-table[open]"));
        assertEquals(List.of(), Axe.serious(browser), "with the table open");
    }

    @Test
    @Order(3)
    void tellsAMonitorItsFigures() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(page() + "metrics"))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(("karaf:" + password).getBytes(StandardCharsets.UTF_8)))
                .build();
        HttpResponse<InputStream> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(200, response.statusCode());
        Map<String, MetricFamily> families = new HashMap<>();
        TextPrometheusMetricDataParser parser = new TextPrometheusMetricDataParser(response.body());
        for (MetricFamily family = parser.parse(); family != null; family = parser.parse()) {
            families.put(family.getName(), family);
        }

        assertEquals(1, ((Gauge) families.get("srp_up").getMetrics().get(0)).getValue());
        assertEquals(2, families.get("srp_peer_round_trip_seconds").getMetrics().size());
    }

    @Test
    @Order(4)
    void fadesAPeerThatIsStoppedWithinTwoKeepAlives() throws Exception {
        await("the peer is there", PATIENCE, () -> browser.shows(picture(far, "connected")));

        far.kill();
        long stopped = System.nanoTime();
        await(
                "the stopped peer fades",
                TWO_KEEP_ALIVES,
                () -> browser.shows(picture(far, "fading")) || browser.shows(picture(far, "absent")));

        System.out.printf("the stopped peer faded after %.1f s%n", (System.nanoTime() - stopped) / 1e9);
        assertTrue(browser.shows(picture(near, "connected")), "the other peer stays");
        await("it is said at the top", PATIENCE, () -> browser.text().contains("1 of 2 peers behind"));
        await("the verdict says so", PATIENCE, () -> browser.shows("[data-level=WATCH]"));
        browser.photograph(SCREENSHOTS.resolve("faded.png"));
        assertEquals(List.of(), Axe.serious(browser), "with a peer that has gone");
    }

    @Test
    @Order(5)
    void logsNoErrorAndAsksNobodyElse() throws Exception {
        assertEquals(List.of(), browser.errors());

        List<String> requests = browser.requests();
        assertFalse(requests.isEmpty(), "nothing was asked for");
        assertEquals(List.of(), requests.stream().filter(url -> !isOurs(url)).toList());
    }

    private static boolean isOurs(String url) {
        String whole = url.replace("karaf:" + password + "@", "");
        return whole.startsWith("http://" + origin + "/") || whole.startsWith("data:");
    }

    @Test
    @Order(6)
    void asksForALogin() throws Exception {
        for (String path : List.of("", "assets/app.js", "api/state", "api/events", "metrics")) {
            assertEquals(401, status(path), path);
        }
        try (Browser stranger = Browser.start()) {
            for (String login : List.of("", "karaf:wrong@")) {
                stranger.open("http://" + login + origin + "/srp/");

                // Whether it shows what came with the 401 is the browser's affair.
                assertFalse(stranger.shows("main") || stranger.text().contains("The mesh"), stranger::text);
            }
            assertTrue(stranger.errors().stream().allMatch(error -> error.contains("401")), "no other error");
        }
    }

    private static int status(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(page() + path)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String picture(GatewayProcess peer, String state) {
        return "g.peer[data-peer='" + id(peer) + "'][data-state=" + state + "]";
    }

    private static String id(GatewayProcess peer) {
        return ReadyLine.parse(peer.output().get(0)).orElseThrow().peerId();
    }

    private static void await(String what, Duration atMost, BooleanSupplier condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(
                        "not within " + atMost.toSeconds() + " s: " + what + "; the page says " + browser.text());
            }
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
    }
}
