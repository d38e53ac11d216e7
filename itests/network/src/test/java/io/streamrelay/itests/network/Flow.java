// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network;

import io.streamrelay.itests.network.process.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Numbered texts that a member publishes at a steady pace until it is stopped. */
final class Flow implements AutoCloseable {

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<String> published = new ArrayList<>();
    private final Future<?> ticking;

    Flow(Member from, String name, int perSecond) {
        long periodMs = 1_000 / perSecond;
        ticking = clock.scheduleAtFixedRate(() -> publish(from, name), 0, periodMs, TimeUnit.MILLISECONDS);
    }

    private void publish(Member from, String name) {
        String text = name + " " + published.size();
        from.publish(text);
        published.add(text);
    }

    /** Ends it, and returns what was published. */
    List<String> stop() throws InterruptedException, ExecutionException {
        ticking.cancel(false);
        return clock.submit(() -> List.copyOf(published)).get();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
