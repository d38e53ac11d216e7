// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.attack;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Lets time pass that is measured or paced, where there is no condition to wait for. */
final class Pause {

    private Pause() {}

    static void of(Duration time) throws InterruptedException {
        BlockingQueue<Object> never = new LinkedBlockingQueue<>();
        never.poll(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
