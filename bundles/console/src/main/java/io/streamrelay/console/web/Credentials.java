// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** A user and a password, as HTTP's Basic authentication (RFC 7617) sends them. */
record Credentials(String user, String password) {

    private static final String SCHEME = "basic ";

    /** What a header {@code Authorization} says; empty when it says something else. */
    static Optional<Credentials> of(String authorization) {
        if (!authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return Optional.empty();
        }
        String pair = decoded(authorization.substring(SCHEME.length()).trim());
        int colon = pair.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new Credentials(pair.substring(0, colon), pair.substring(colon + 1)));
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** The user alone: a password is not to be seen in a log. */
    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}
