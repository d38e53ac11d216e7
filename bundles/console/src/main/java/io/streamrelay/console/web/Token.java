// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.servlet.http.HttpServletRequest;

/**
 * Tells the page's own requests from those that a stranger's page makes in the browser of somebody who is logged in: only
 * the page can read the token, for no header lets other origins read what it says. A new one for each start.
 */
final class Token {

    static final String HEADER = "X-Srp-Token";

    private final String text;

    Token() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        text = HexFormat.of().formatHex(random);
    }

    String text() {
        return text;
    }

    /** @throws RefusedRequest when this may be a stranger's */
    void check(HttpServletRequest request) throws RefusedRequest {
        String said = request.getHeader(HEADER);
        if (said == null || !MessageDigest.isEqual(Digest.of(said), Digest.of(text))) {
            throw new RefusedRequest(403, "the header " + HEADER + " is not this page's: reload the page");
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !isFrom(origin, request.getHeader("Host"))) {
            throw new RefusedRequest(403, "the header Origin names another place than Host");
        }
    }

    private static boolean isFrom(String origin, String host) {
        try {
            return host != null && host.equalsIgnoreCase(new URI(origin).getRawAuthority());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
