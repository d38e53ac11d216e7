// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Everybody who watches a simulation: those who can be asked afterwards, and the checks. */
public final class Witnesses {

    private final VirtualTime time;
    private final Trace trace;
    private final Traffic traffic = new Traffic();
    private final Observations observations = new Observations();
    private final Deliveries deliveries;
    private final List<Watcher> watchers = new ArrayList<>();

    Witnesses(VirtualTime time, MessageBook messages) {
        this.time = time;
        trace = new Trace(time);
        deliveries = new Deliveries(messages);
    }

    /** All of them in one, and a writer of lines when there is a {@code log}, which may be null. */
    Watcher watcher(PrintStream log) {
        if (log != null) {
            watchers.add(new TraceLog(time, log));
        }
        watchers.addAll(List.of(trace, traffic, observations, deliveries));
        watchers.addAll(List.of(new WireCheck(), new DuplicateCheck(), new AddresseeCheck(), new StoreCheck()));
        return new WatcherGroup(watchers);
    }

    /** One more, from now on. */
    void add(Watcher watcher) {
        watchers.add(watcher);
    }

    /** The fingerprint of the run. */
    public Trace trace() {
        return trace;
    }

    /** What was sent. */
    public Traffic traffic() {
        return traffic;
    }

    /** What the engines told about themselves. */
    public Observations observations() {
        return observations;
    }

    /** Which messages have come out where. */
    public Deliveries deliveries() {
        return deliveries;
    }
}
