// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How long tests of the field may take: short by default, and as the criteria have it with {@code -Dfield=long}. */
final class Field {

    private Field() {}

    static boolean isLong() {
        return "long".equals(System.getProperty("field"));
    }

    static int count(int shortForm, int longForm) {
        return isLong() ? longForm : shortForm;
    }

    static Duration time(Duration shortForm, Duration longForm) {
        return isLong() ? longForm : shortForm;
    }

    /** Lets time pass that a criterion names: there is no condition to wait for. */
    static void pass(Duration time) throws InterruptedException {
        new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
