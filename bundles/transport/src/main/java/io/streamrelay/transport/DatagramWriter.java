// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import java.io.IOException;

/** Gives datagrams to the system. */
@FunctionalInterface
interface DatagramWriter {

    /**
     * Sends now, without waiting.
     *
     * @return false when the system has no room for it at the moment
     * @throws IOException when the system will not send it
     */
    boolean write(Outgoing datagram) throws IOException;
}
