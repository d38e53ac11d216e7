// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class LogLimiterTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long START = Long.MAX_VALUE - SECOND;

    private final List<Object> keptBack = new ArrayList<>();
    private final LogLimiter limiter = new LogLimiter(recordingLogger());

    @Test
    void logsTheFirstAtOnce() {
        warnAt(START);

        assertEquals(List.of(0L), keptBack);
    }

    @Test
    void keepsBackTheRestOfTheMinuteAndSaysHowMany() {
        warnAt(START);
        warnAt(START + 1);
        warnAt(START + 59 * SECOND);
        assertEquals(1, keptBack.size());

        warnAt(START + 60 * SECOND);
        assertEquals(List.of(0L, 2L), keptBack);
    }

    private void warnAt(long nowNanos) {
        limiter.warn("Sending failed", new IOException("Operation not permitted"), nowNanos);
    }

    private Logger recordingLogger() {
        return (Logger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    assertEquals("warn", method.getName());
                    Object[] values = (Object[]) arguments[1];
                    keptBack.add(values[2]);
                    return null;
                });
    }
}
