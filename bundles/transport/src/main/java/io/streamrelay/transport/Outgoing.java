// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.SocketId;

/** A datagram that waits to leave. */
record Outgoing(SocketId socket, Endpoint to, byte[] bytes) {}
