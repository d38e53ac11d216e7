// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * UDP for nodes: {@link io.streamrelay.transport.UdpTransport} opens a main and a probe socket, one thread receives
 * from both, another sends at a steady pace from a bounded queue. What does not get through is counted by reason.
 */
package io.streamrelay.transport;
