// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium without a window that remembers what it asked for, and what its console said. */
final class Browser implements AutoCloseable {

    private static final Duration SCRIPT_MAX = Duration.ofSeconds(60);

    private final ChromeDriver driver;
    private final ObjectMapper json = new ObjectMapper();
    private final List<String> requests = new ArrayList<>();

    private Browser(ChromeDriver driver) {
        this.driver = driver;
        driver.manage().timeouts().scriptTimeout(SCRIPT_MAX);
    }

    /** Starts what the system has installed: nothing is downloaded. */
    static Browser start() {
        Path chromium = installed("chromium", "chromium");
        Path chromedriver = installed("chromedriver", "chromium-driver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu");
        options.setCapability("goog:loggingPrefs", everything());
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.toFile())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    private static Path installed(String program, String debianPackage) {
        return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        program + " is not installed, which these tests need: apt-get install " + debianPackage));
    }

    private static LoggingPreferences everything() {
        LoggingPreferences preferences = new LoggingPreferences();
        preferences.enable(LogType.BROWSER, Level.ALL);
        preferences.enable(LogType.PERFORMANCE, Level.ALL);
        return preferences;
    }

    void open(String url) {
        driver.get(url);
    }

    /** The only element that a selector of CSS finds. */
    WebElement element(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    boolean shows(String selector) {
        return !driver.findElements(By.cssSelector(selector)).isEmpty();
    }

    /** What a person reads, of the whole page. */
    String text() {
        return element("body").getText();
    }

    /** What an expression of JavaScript is. */
    Object evaluate(String expression) {
        return driver.executeScript("return " + expression);
    }

    /** Runs a script of another origin's rules: the page's policy does not bind it. */
    void load(String script) {
        driver.executeScript(script);
    }

    /** What a promise, given as an expression of JavaScript, comes to. */
    Object awaitPromise(String expression) {
        return driver.executeAsyncScript("const done = arguments[arguments.length - 1];" + expression
                + ".then(done, reason => done('failed: ' + reason));");
    }

    /** Makes the view that large; a phone scales what does not fit. */
    void resize(int width, int height, boolean phone) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
    }

    /** @param scheme {@code light} or {@code dark} */
    void prefer(String scheme) {
        Map<String, String> feature = Map.of("name", "prefers-color-scheme", "value", scheme);
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "", "features", List.of(feature)));
    }

    /** Writes a picture of the whole page, also of what one scrolls to. */
    void photograph(Path png) throws IOException {
        Map<?, ?> size = (Map<?, ?>)
                driver.executeCdpCommand("Page.getLayoutMetrics", Map.of()).get("cssContentSize");
        Map<String, Object> clip =
                Map.of("x", 0, "y", 0, "width", size.get("width"), "height", size.get("height"), "scale", 1);
        Map<String, Object> shot = driver.executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true, "clip", clip));
        Files.createDirectories(png.getParent());
        Files.write(png, Base64.getDecoder().decode((String) shot.get("data")));
    }

    /** The errors in the console since this was asked last. */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** The addresses of all that was asked for, since the start. */
    List<String> requests() throws IOException {
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            JsonNode message = json.readTree(entry.getMessage()).path("message");
            switch (message.path("method").asText()) {
                case "Network.requestWillBeSent" ->
                    requests.add(
                            message.path("params").path("request").path("url").asText());
                case "Network.webSocketCreated", "Network.webTransportCreated" ->
                    requests.add(message.path("params").path("url").asText());
                default -> {}
            }
        }
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
