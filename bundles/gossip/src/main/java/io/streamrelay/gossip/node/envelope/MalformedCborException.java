// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.envelope;

import java.io.IOException;

/** CBOR that is not what is expected at its place. */
public final class MalformedCborException extends IOException {

    private static final long serialVersionUID = 1L;

    public MalformedCborException(String message) {
        super(message);
    }
}
