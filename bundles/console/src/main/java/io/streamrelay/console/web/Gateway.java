// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import io.streamrelay.api.Registration;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.console.view.DropView;
import io.streamrelay.console.view.GatewayView;
import io.streamrelay.console.view.LogEntry;
import io.streamrelay.console.view.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the page needs to know of a gateway. */
interface Gateway {

    Snapshot latest();

    List<LogEntry> events();

    List<DropView> drops();

    Optional<StreamRelay> relay();

    /** Shows each picture, from a thread that must not be held up. */
    Registration watch(Consumer<Snapshot> watcher);

    /** The gateway of this container. */
    static Gateway of(GatewayView view) {
        return new Gateway() {
            @Override
            public Snapshot latest() {
                return view.latest();
            }

            @Override
            public List<LogEntry> events() {
                return view.events();
            }

            @Override
            public List<DropView> drops() {
                return view.drops();
            }

            @Override
            public Optional<StreamRelay> relay() {
                return view.relay();
            }

            @Override
            public Registration watch(Consumer<Snapshot> watcher) {
                return view.watch(watcher);
            }
        };
    }
}
