// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

/**
 * The one thread that a bridge lives on: all of its state is touched there and nowhere else. Tasks run in order. May
 * be called from any thread.
 */
interface BridgeThread {

    void execute(Runnable task);

    /** Runs a task once, after a delay in milliseconds. It cannot be taken back: the task looks whether it is needed. */
    void schedule(long delayMs, Runnable task);

    /** A monotonic clock, in milliseconds. */
    long nowMs();
}
