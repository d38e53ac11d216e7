// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

/**
 * A body that does not hold what its packet's type asks for.
 *
 * @param reason what is wrong with it
 */
public record Malformed(DropReason reason) implements Body {}
