// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Many production engines in one JVM, in virtual time, over a virtual network; one seed draws everything.
 *
 * <p>A {@link io.streamrelay.simulator.Simulation} is the stage and its verbs; {@link
 * io.streamrelay.simulator.Watcher}s stand beside the nodes, some to check (a {@link
 * io.streamrelay.simulator.Violation} ends the run), some to count. Nothing here reads a clock or starts a thread, so
 * the same options give the same run, byte for byte.
 */
package io.streamrelay.simulator;
