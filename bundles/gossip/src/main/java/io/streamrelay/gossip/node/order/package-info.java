// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Bringing what one sender sent back into its order: which numbers were seen, what is held until a gap is filled, and
 * for how long. No clock: the time is a parameter.
 */
package io.streamrelay.gossip.node.order;
