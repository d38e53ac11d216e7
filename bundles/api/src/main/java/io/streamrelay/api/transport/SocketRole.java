// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.transport;

/** Which of a node's sockets. */
public enum SocketRole {
    /** The one peers know. */
    MAIN,
    /** A second port of the same host, from which probes are answered (protocol-v6 §3.8). */
    PROBE
}
