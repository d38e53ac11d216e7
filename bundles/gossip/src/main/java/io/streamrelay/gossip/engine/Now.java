// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

/**
 * The time that an event happens at.
 *
 * @param monotonicMs milliseconds that only grow, for every timer
 * @param wallMs milliseconds since 1970 as this host believes, for what the wire wants; may be wrong and may jump
 */
public record Now(long monotonicMs, long wallMs) {}
