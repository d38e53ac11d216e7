// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.status;

import io.streamrelay.api.config.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/** The one user and password of HTTP's Basic authentication (RFC 7617). */
final class Login {

    private static final String SCHEME = "basic ";

    private final byte[] user;
    private final byte[] password;

    /** @throws ConfigurationException for what browsers cannot send, and for an empty password */
    Login(String user, String password) {
        if (user.indexOf(':') >= 0 || hasControls(user)) {
            throw new ConfigurationException("username", user, "a name without colons and control characters is");
        }
        if (password.isEmpty() || hasControls(password)) {
            throw new ConfigurationException("password", "it must be set, without control characters");
        }
        this.user = digest(user);
        this.password = digest(password);
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    /** Of one length, whatever the text's: the time of a comparison says nothing. */
    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether a header {@code Authorization} says the user and the password. */
    boolean admits(String authorization) {
        if (!authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return false;
        }
        String pair = decoded(authorization.substring(SCHEME.length()).trim());
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return false;
        }
        boolean isUser = MessageDigest.isEqual(digest(pair.substring(0, colon)), user);
        boolean isPassword = MessageDigest.isEqual(digest(pair.substring(colon + 1)), password);
        // Both are always compared: which of them was wrong is not to be told by the time.
        return isUser & isPassword;
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
