// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.transport;

import io.streamrelay.api.Id;

/**
 * What a node says of itself on its local networks.
 *
 * @param peer its peer id
 * @param cluster the cluster that it belongs to
 * @param address the IPv4 address that it is bound to, big-endian; 0 = all of this host's
 * @param port its UDP port
 */
public record LanNode(Id peer, Id cluster, int address, int port) {}
