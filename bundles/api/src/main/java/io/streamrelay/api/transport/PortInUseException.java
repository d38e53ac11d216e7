// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.transport;

import java.io.IOException;

/** The wanted UDP port is taken. */
public final class PortInUseException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int port;

    public PortInUseException(String address, int port, IOException cause) {
        super(
                "UDP port " + port + " on " + address
                        + " is in use by another program; end that program or set another port",
                cause);
        this.port = port;
    }

    public int port() {
        return port;
    }
}
