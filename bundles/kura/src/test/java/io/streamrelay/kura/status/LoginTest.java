// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.config.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {

    private final Login login = new Login("Jürgen", "pass:wörd");

    private static String message(String user, String password) {
        return assertThrows(ConfigurationException.class, () -> new Login(user, password))
                .getMessage();
    }

    @Test
    void admitsTheOneUserWithTheOnePassword() {
        assertTrue(login.admits(FakeExchange.basic("Jürgen", "pass:wörd")));
        assertFalse(login.admits(FakeExchange.basic("Jürgen", "pass:word")));
        assertFalse(login.admits(FakeExchange.basic("jürgen", "pass:wörd")));
        assertFalse(login.admits(FakeExchange.basic("Jürgen", "")));
        assertFalse(login.admits(FakeExchange.basic("Jürgen", "pass")));
    }

    @Test
    void takesTheSchemeInAnyCase() {
        assertTrue(login.admits(FakeExchange.basic("Jürgen", "pass:wörd").replace("Basic ", "bAsIc  ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Basic", "Basic ", "Basic ???", "Basic YQ==", "Bearer SsO8cmdlbjpwYXNzOnfDtnJk", "Basic ="})
    void admitsNobodyForWhatIsNoLogin(String authorization) {
        assertFalse(login.admits(authorization));
    }

    @Test
    void refusesWhatBrowsersCannotSend() {
        assertEquals(
                "username: 'a:b' is not allowed; a name without colons and control characters is",
                message("a:b", "secret"));
        assertEquals("password: it must be set, without control characters", message("a", ""));
        String withControls = message("a", "sec\nret");
        assertEquals("password: it must be set, without control characters", withControls);
    }
}
