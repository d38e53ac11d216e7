// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

/**
 * A datagram that is no packet of this protocol.
 *
 * @param reason what is wrong with it
 */
public record Rejected(DropReason reason) implements Decoded {}
