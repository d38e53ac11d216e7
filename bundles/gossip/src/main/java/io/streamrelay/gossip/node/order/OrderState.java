// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.order;

import java.util.List;

/**
 * What is worth keeping of one sender's order: what has been handed on.
 *
 * @param next the number that is due next: all below it were handed on or given up
 * @param runs first and last number of each run that was handed on below {@code next}, rising; not copied
 * @param gaps what was given up below {@code next}, rising
 */
public record OrderState(long next, long[] runs, List<Gap> gaps) {}
