// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.StreamRelay;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;

class StatusPageTest {

    private static final String ENCIPHERED = "enciphered:";

    private final StatusPage page = new StatusPage();
    private StatusServlet served;
    private Dictionary<?, ?> servedWith;
    private int registrations;

    @BeforeEach
    void bind() {
        page.setKeeper(kept -> kept.substring(kept.lastIndexOf(ENCIPHERED) + ENCIPHERED.length()));
        page.activate(context(), Map.of("enabled", false, "username", FakeExchange.USER));
    }

    private static <T> T as(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }

    private BundleContext context() {
        Bundle bundle = as(Bundle.class, (proxy, method, arguments) -> Version.valueOf("1.2.3"));
        return as(BundleContext.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getBundle" -> bundle;
            case "registerService" -> registered((StatusServlet) arguments[1], (Dictionary<?, ?>) arguments[2]);
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private ServiceRegistration<?> registered(StatusServlet servlet, Dictionary<?, ?> properties) {
        registrations++;
        served = servlet;
        servedWith = properties;
        return as(ServiceRegistration.class, (proxy, method, arguments) -> {
            assertEquals("unregister", method.getName());
            served = null;
            return null;
        });
    }

    private void configure(Object enabled, String user, String password) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("enabled", enabled);
        properties.put("username", user);
        if (password != null) {
            properties.put("password", ENCIPHERED + password);
        }
        page.modified(properties);
    }

    private int statusFor(String password) throws IOException {
        return new FakeExchange()
                .saying(FakeExchange.basic(FakeExchange.USER, password))
                .with(served)
                .status();
    }

    @Test
    void isNotServedUntilItIsEnabled() {
        assertNull(served);
        configure(false, FakeExchange.USER, "secret");
        assertNull(served);
    }

    @Test
    void isServedWithThePasswordThatKuraKeepsEnciphered() throws IOException {
        configure(true, FakeExchange.USER, "secret");
        assertEquals("/streamrelay/*", servedWith.get("osgi.http.whiteboard.servlet.pattern"));
        assertEquals(200, statusFor("secret"));
        assertEquals(401, statusFor(ENCIPHERED + "secret"));
        assertEquals(401, statusFor(""));
    }

    @Test
    void changesAtOnceAndOnlyForWhatDiffers() throws IOException {
        configure(true, FakeExchange.USER, "secret");
        // The same, enciphered with other chance.
        configure(true, FakeExchange.USER, "other chance," + ENCIPHERED + "secret");
        assertEquals(1, registrations);
        configure(true, FakeExchange.USER, "another");
        assertEquals(2, registrations);
        assertEquals(401, statusFor("secret"));
        assertEquals(200, statusFor("another"));
        configure(false, FakeExchange.USER, "another");
        assertNull(served);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "env:STREAMRELAY_THAT_IS_NOT_SET", "file:/that/is/not/there", "with\u0007bell"})
    void isNotServedWithoutAPassword(String password) {
        configure(true, FakeExchange.USER, "secret");
        configure(true, FakeExchange.USER, password);
        assertNull(served);
        configure(true, FakeExchange.USER, null);
        assertNull(served);
        configure(true, FakeExchange.USER, "secret");
        assertTrue(served != null);
    }

    @Test
    void isNotServedWhileItsConfigurationIsRefused() {
        configure("perhaps", FakeExchange.USER, "secret");
        assertNull(served);
        configure(true, "with:colon", "secret");
        assertNull(served);
        configure("TRUE", FakeExchange.USER, "secret");
        assertTrue(served != null);
    }

    @Test
    void showsTheNodeThatIsThere() throws IOException {
        configure(true, FakeExchange.USER, FakeExchange.PASSWORD);
        StreamRelay first = FakeRelay.withSubcluster("first");
        page.setRelay(first);
        assertTrue(shown().contains("first"));
        // The new one may come before the old one goes.
        page.setRelay(FakeRelay.withSubcluster("second"));
        page.unsetRelay(first);
        assertTrue(shown().contains("second"));
    }

    private String shown() throws IOException {
        return new FakeExchange().knowingTheLogin().with(served).body();
    }

    @Test
    void goesWithItsComponent() {
        configure(true, FakeExchange.USER, "secret");
        page.withdraw();
        assertNull(served);
        page.withdraw();
    }
}
