// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.order;

/**
 * Numbers that were waited for in vain, both bounds included.
 *
 * @param sinceMs when that was, in milliseconds since 1970; 0 when the clock was never set
 */
public record Gap(long from, long to, long sinceMs) {}
