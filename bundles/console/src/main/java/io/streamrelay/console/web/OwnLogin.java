// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import io.streamrelay.api.config.ConfigurationException;
import java.security.MessageDigest;

/** The one user and password that the page's own configuration names. */
final class OwnLogin implements Login {

    private final byte[] user;
    private final byte[] password;

    /** @throws ConfigurationException for what browsers cannot send, and for an empty password */
    OwnLogin(String user, String password) {
        if (user.indexOf(':') >= 0 || hasControls(user)) {
            throw new ConfigurationException("username", user, "a name without colons and control characters is");
        }
        if (password.isEmpty() || hasControls(password)) {
            throw new ConfigurationException("password", "it must be set, without control characters");
        }
        this.user = Digest.of(user);
        this.password = Digest.of(password);
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    /** Digests are of one length, whatever the text's: the time of a comparison says nothing. */
    @Override
    public boolean admits(Credentials credentials) {
        boolean isUser = MessageDigest.isEqual(Digest.of(credentials.user()), user);
        boolean isPassword = MessageDigest.isEqual(Digest.of(credentials.password()), password);
        // Both are always compared: which of them was wrong is not to be told by the time.
        return isUser & isPassword;
    }
}
