// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

/** What became of a datagram. */
public sealed interface Decoded permits Packet, Rejected {}
