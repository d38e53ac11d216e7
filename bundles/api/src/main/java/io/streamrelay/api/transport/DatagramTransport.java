// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.transport;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/** Opens the sockets of nodes. Thread-safe, without state of its own. */
@ProviderType
public interface DatagramTransport {

    /**
     * Opens the main and the probe socket and begins to receive.
     *
     * @throws PortInUseException when a port is taken
     * @throws IOException when a socket cannot be opened for another reason
     */
    DatagramSockets open(TransportOptions options, DatagramReceiver receiver) throws IOException;
}
