// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

class ConsolePageTest {

    private final List<Dictionary<String, Object>> registered = new ArrayList<>();
    private int withdrawn;
    private String kuraHome;

    private final BundleContext context = Fakes.as(BundleContext.class, this::answer);
    private final ConsolePage page = new ConsolePage(new PageRelay(), context, null);

    @SuppressWarnings("unchecked")
    private Object answer(String called, Object[] arguments) {
        if (called.equals("getProperty")) {
            return kuraHome;
        }
        registered.add((Dictionary<String, Object>) arguments[2]);
        return Fakes.as(ServiceRegistration.class, (method, none) -> {
            withdrawn++;
            return null;
        });
    }

    @AfterEach
    void close() {
        page.withdraw();
    }

    @Test
    void isServedWithoutAnyConfiguration() {
        page.modified(Map.of());
        assertArrayEquals(new String[] {"/srp", "/srp/*"}, (String[])
                registered.get(0).get("osgi.http.whiteboard.servlet.pattern"));
        assertEquals(true, registered.get(0).get("osgi.http.whiteboard.servlet.asyncSupported"));
    }

    @Test
    void identicalSettingsChangeNothing() {
        page.modified(Map.of("role", "viewer"));
        page.modified(Map.of("role", "viewer", "service.pid", ConsolePage.PID));
        assertEquals(1, registered.size());
        page.modified(Map.of("role", "admin"));
        assertEquals(2, registered.size());
        assertEquals(1, withdrawn);
    }

    @Test
    void refusedSettingsLeaveThePageAsItWas() {
        page.modified(Map.of());
        page.modified(Map.of("username", "a"));
        assertEquals(1, registered.size());
        assertEquals(0, withdrawn);
    }

    @Test
    void canBeTakenAway() {
        page.modified(Map.of());
        page.modified(Map.of("enabled", false));
        assertEquals(1, withdrawn);
        page.withdraw();
        assertEquals(1, withdrawn);
    }

    @Test
    void waitsForWhoRevealsItsPassword() {
        kuraHome = "/opt/kura";
        page.modified(Map.of("username", "a", "password", "enciphered"));
        assertEquals(0, registered.size());
        page.modified(Map.of());
        assertEquals(1, registered.size());
    }
}
