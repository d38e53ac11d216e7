// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * The clocks that a store reads.
 *
 * @param nanos a monotonic clock, in nanoseconds
 * @param wall the host's wall clock, which may be wrong and may jump
 */
record StoreClocks(LongSupplier nanos, Clock wall) {

    static final StoreClocks SYSTEM = new StoreClocks(System::nanoTime, Clock.systemUTC());
}
