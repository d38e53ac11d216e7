// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

/** A request that is not done, and why: an answer of its own. */
final class RefusedRequest extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status of HTTP */
    RefusedRequest(int status, String reason) {
        super(reason);
        this.status = status;
    }

    int status() {
        return status;
    }

    /** What is sent of it. */
    Body body() {
        return new Body(getMessage());
    }

    /** @param error the reason, in one line */
    record Body(String error) {}
}
