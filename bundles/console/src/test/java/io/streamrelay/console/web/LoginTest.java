// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.api.config.Settings;
import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginTest {

    record UserPrincipal(String getName) implements Principal {}

    record RolePrincipal(String getName) implements Principal {}

    /** Everybody's password is {@code right}; {@code root} has the role {@code admin}, nobody else. */
    public static final class Realm implements LoginModule {

        private Subject subject;
        private CallbackHandler handler;

        @Override
        public void initialize(Subject whom, CallbackHandler callbacks, Map<String, ?> shared, Map<String, ?> options) {
            subject = whom;
            handler = callbacks;
        }

        @Override
        public boolean login() throws LoginException {
            NameCallback name = new NameCallback("name");
            PasswordCallback password = new PasswordCallback("password", false);
            try {
                handler.handle(new Callback[] {name, password});
            } catch (IOException | UnsupportedCallbackException e) {
                throw new LoginException(e.toString());
            }
            if (!new String(password.getPassword()).equals("right")) {
                throw new FailedLoginException();
            }
            subject.getPrincipals().add(new UserPrincipal(name.getName()));
            subject.getPrincipals().add(new RolePrincipal(name.getName().equals("root") ? "admin" : "viewer"));
            return true;
        }

        @Override
        public boolean commit() {
            return true;
        }

        @Override
        public boolean abort() {
            return true;
        }

        @Override
        public boolean logout() {
            return true;
        }
    }

    private final JaasLogin realm = new JaasLogin("karaf", "admin");

    @BeforeEach
    void setRealm() {
        Configuration.setConfiguration(new Configuration() {
            @Override
            public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return name.equals("karaf")
                        ? new AppConfigurationEntry[] {
                            new AppConfigurationEntry(Realm.class.getName(), LoginModuleControlFlag.REQUIRED, Map.of())
                        }
                        : null;
            }
        });
    }

    @AfterEach
    void unsetRealm() {
        Configuration.setConfiguration(null);
    }

    @Test
    void letsInWhoHasTheRole() {
        assertTrue(realm.admits(new Credentials("root", "right")));
        assertFalse(realm.admits(new Credentials("root", "wrong")));
        assertFalse(realm.admits(new Credentials("guest", "right")));
    }

    @Test
    void aUserWhoIsCalledAsTheRoleHasItNotThereby() {
        assertFalse(realm.admits(new Credentials("admin", "right")));
    }

    @Test
    void letsInNobodyWithoutARealm() {
        assertFalse(new JaasLogin("other", "admin").admits(new Credentials("root", "right")));
    }

    @Test
    void leavesTheThreadAsItWas() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        realm.admits(new Credentials("root", "right"));
        assertEquals(before, Thread.currentThread().getContextClassLoader());
    }

    @Test
    void readsWhatBrowsersSend() {
        assertEquals(Optional.of(new Credentials("ü", "a:b")), Credentials.of(PageExchange.basic("ü", "a:b")));
        assertEquals(Optional.empty(), Credentials.of("Basic !"));
        assertEquals(Optional.empty(), Credentials.of("Basic"));
        assertEquals(Optional.empty(), Credentials.of("Digest a"));
        assertFalse(new Credentials("a", "secret").toString().contains("secret"));
    }

    @Test
    void ownLoginIsUserAndPassword() {
        Login own = PageSettings.of(new Settings(Map.of("username", "a", "password", "b")))
                .login();
        assertTrue(own.admits(new Credentials("a", "b")));
        assertFalse(own.admits(new Credentials("a", "c")));
        assertFalse(own.admits(new Credentials("b", "b")));
        assertFalse(own.admits(new Credentials("root", "right")));
    }

    @Test
    void refusesHalfALoginAndNamesTheKey() {
        assertRefused("password: ", Map.of("username", "a"));
        assertRefused("username: ", Map.of("password", "secret"));
        assertRefused("username: ", Map.of("username", "a:b", "password", "secret"));
        assertRefused("enabled: ", Map.of("enabled", "maybe"));
    }

    private static void assertRefused(String key, Map<String, Object> properties) {
        Settings settings = new Settings(properties);
        String message = assertThrows(ConfigurationException.class, () -> PageSettings.of(settings))
                .getMessage();
        assertTrue(message.startsWith(key), message);
        assertFalse(message.contains("secret"), message);
    }
}
