// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

/** Ends the reading of a body; it never leaves this package. */
final class BadBody extends Exception {

    private static final long serialVersionUID = 1L;

    private final DropReason reason;

    BadBody(DropReason reason) {
        // Hostile packets come in floods: no stack trace is taken.
        super(reason.label(), null, false, false);
        this.reason = reason;
    }

    DropReason reason() {
        return reason;
    }
}
