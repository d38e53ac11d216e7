// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What is on the wire: SRP version 6 packets and their bodies, as bytes and back. Total: no input throws, it becomes
 * a packet or a named drop reason. No I/O, no clock, no chance.
 */
package io.streamrelay.gossip.packet;
