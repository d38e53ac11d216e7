// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import java.io.IOException;
import java.security.Principal;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The users of a JAAS realm of the container that have a role. */
final class JaasLogin implements Login {

    private static final Logger LOG = LoggerFactory.getLogger(JaasLogin.class);

    private final String realm;
    private final String role;

    JaasLogin(String realm, String role) {
        this.realm = realm;
        this.role = role;
    }

    @Override
    public boolean admits(Credentials credentials) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // JAAS looks for login modules there, and a web server's thread may have anything.
        thread.setContextClassLoader(JaasLogin.class.getClassLoader());
        try {
            return hasRole(subject(credentials));
        } catch (FailedLoginException e) {
            LOG.debug("realm '{}' does not let in '{}'", realm, credentials.user(), e);
        } catch (LoginException | SecurityException e) {
            LOG.warn("realm '{}' lets nobody into the web page, for it cannot be asked: {}", realm, e.toString());
        } finally {
            thread.setContextClassLoader(before);
        }
        return false;
    }

    private Subject subject(Credentials credentials) throws LoginException {
        Subject subject = new Subject();
        new LoginContext(realm, subject, handler(credentials)).login();
        return subject;
    }

    private static CallbackHandler handler(Credentials credentials) {
        return callbacks -> {
            for (Callback callback : callbacks) {
                answer(callback, credentials);
            }
        };
    }

    private static void answer(Callback callback, Credentials credentials)
            throws IOException, UnsupportedCallbackException {
        if (callback instanceof NameCallback name) {
            name.setName(credentials.user());
        } else if (callback instanceof PasswordCallback password) {
            password.setPassword(credentials.password().toCharArray());
        } else {
            throw new UnsupportedCallbackException(callback);
        }
    }

    private boolean hasRole(Subject subject) {
        return subject.getPrincipals().stream().anyMatch(this::isRole);
    }

    /** By the name of its class, which each realm has of its own: a user who is called as the role has it not thereby. */
    private boolean isRole(Principal principal) {
        return principal.getName().equals(role)
                && principal.getClass().getSimpleName().contains("Role");
    }
}
