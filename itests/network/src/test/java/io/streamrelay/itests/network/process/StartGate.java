// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.process;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets no more nodes start at once than there are processors. To start is work and to cross a network is mostly waiting,
 * so that others hardly notice, and no start takes so long that it looks like a failure.
 */
public final class StartGate {

    private static final Semaphore PLACES = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    private StartGate() {}

    public static <T> T pass(Supplier<T> start) {
        PLACES.acquireUninterruptibly();
        try {
            return start.get();
        } finally {
            PLACES.release();
        }
    }
}
