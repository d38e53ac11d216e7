// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The protocol as a state machine without any I/O.
 *
 * <p>{@link io.streamrelay.gossip.engine.Engine} takes one {@link io.streamrelay.gossip.engine.Event} at a time with
 * the time of day that its driver gives it, and answers with {@link io.streamrelay.gossip.engine.Action}s, which the
 * driver carries out before it brings the next event. It never reads a clock, sleeps, starts a thread, opens a socket
 * or sees a plaintext, and the same events with the same seed give the same actions: a simulator can run thousands of
 * engines in virtual time and replay every failure.
 */
package io.streamrelay.gossip.engine;
