// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private static Settings of(String key, Object value) {
        return new Settings(Map.of(key, value));
    }

    @Test
    void takesNumbersAsNumbersAndAsTexts() {
        assertEquals(19777, of("port", 19777).integer("port", 1, 0, 65535));
        assertEquals(19777, of("port", " 19777 ").integer("port", 1, 0, 65535));
        assertEquals(1, of("other", 2).integer("port", 1, 0, 65535));
    }

    @Test
    void refusesWithTheKeyTheValueAndWhatIsAllowed() {
        ConfigurationException refused = assertThrows(
                ConfigurationException.class, () -> of("port", "70000").integer("port", 1, 0, 65535));
        assertEquals("port: '70000' is not allowed; a whole number from 0 to 65535 is", refused.getMessage());
        assertThrows(ConfigurationException.class, () -> of("port", "x").integer("port", 1, 0, 65535));
        assertThrows(ConfigurationException.class, () -> of("on", "yes").flag("on", true));
        assertThrows(
                ConfigurationException.class, () -> of("format", "json").oneOf("format", "raw", "raw", "envelope"));
        assertThrows(ConfigurationException.class, () -> of("name", " ").requiredText("name"));
    }

    @Test
    void readsListsOfEveryShape() {
        List<String> expected = List.of("a out", "b in 1");
        assertEquals(expected, of("routes", "a out, b in 1 ,").list("routes"));
        assertEquals(expected, of("routes", "a out\nb in 1").list("routes"));
        assertEquals(
                expected, of("routes", new String[] {"a out", "", "b in 1"}).list("routes"));
        assertEquals(expected, of("routes", Arrays.asList("a out", "b in 1")).list("routes"));
        assertTrue(of("x", "y").list("routes").isEmpty());
    }

    @Test
    void completesWhatIsMissingOrEmptyAndNothingElse() {
        assertEquals("2", of("port", " ").orElse("port", 2).text("port", null));
        assertEquals("2", of("other", 1).orElse("port", 2).text("port", null));
        assertEquals("1", of("port", 1).orElse("port", 2).text("port", null));
    }

    @Test
    void toleratesNullValues() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("name", null);
        assertEquals("demo", new Settings(properties).text("name", "demo"));
    }

    @Test
    void isEqualWhenItSaysTheSameWhateverTheFrameworkAdds() {
        Settings fromFile = new Settings(Map.of("port", "19777", "routes", "a out,b in", "service.pid", "x~1"));
        Settings fromApi = new Settings(Map.of("port", 19777, "routes", new String[] {"a out", "b in"}));
        assertEquals(fromFile, fromApi);
        assertNotEquals(fromFile, of("port", 19778));
    }

    @Test
    void showsNoValues() {
        assertFalse(of("sharedKey", "secret").toString().contains("secret"));
    }

    @Test
    void revealsSecretsAloneAndThoseThatAreSet() {
        Settings settings = new Settings(Map.of("password", "terces", "name", "terces", "empty", " "));
        Settings revealed =
                settings.reveal(kept -> new StringBuilder(kept).reverse().toString(), "password", "empty", "missing");
        assertEquals("secret", revealed.text("password", null));
        assertEquals("terces", revealed.text("name", null));
        assertEquals("none", revealed.text("empty", "none"));
        assertEquals("none", revealed.text("missing", "none"));
        assertEquals("terces", settings.text("password", null));
        assertEquals(settings, settings.reveal(null, "password"));
    }
}
