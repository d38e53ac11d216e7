// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.api.config.Secrets;
import io.streamrelay.api.config.Settings;

/**
 * What a configuration of the page means.
 *
 * @param enabled whether there is a page
 * @param login who may see it
 */
record PageSettings(boolean enabled, Login login) {

    static final String DEFAULT_REALM = "karaf";
    static final String DEFAULT_ROLE = "admin";
    static final String PASSWORD = "password";

    private static final String USERNAME = "username";

    /** @throws ConfigurationException naming the key, the value and what is allowed */
    static PageSettings of(Settings settings) {
        return new PageSettings(settings.flag("enabled", true), login(settings));
    }

    private static Login login(Settings settings) {
        String username = settings.text(USERNAME, "");
        String password = settings.text(PASSWORD, "");
        if (username.isEmpty() && password.isEmpty()) {
            return new JaasLogin(settings.text("realm", DEFAULT_REALM), settings.text("role", DEFAULT_ROLE));
        }
        if (username.isEmpty()) {
            throw new ConfigurationException(USERNAME, "", "it must be set where a password is, or both must be empty");
        }
        if (password.isEmpty()) {
            throw new ConfigurationException(PASSWORD, "it must be set where a user name is, or both must be empty");
        }
        return new OwnLogin(username, Secrets.reveal(PASSWORD, password));
    }
}
