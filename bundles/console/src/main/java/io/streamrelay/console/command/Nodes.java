// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.command;

import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import io.streamrelay.console.view.GatewayView;
import java.util.stream.Collectors;

/** Finds what a command is about, or says why it cannot. */
final class Nodes {

    private Nodes() {}

    /** @throws IllegalStateException when no node runs */
    static StreamRelay running(GatewayView view) {
        return view.relay()
                .orElseThrow(() -> new IllegalStateException(
                        "the node is not running: look in the log for 'streamrelay cannot start'"));
    }

    /** @throws IllegalArgumentException when none of that name is open */
    static Subcluster subcluster(StreamRelay relay, String name) {
        return relay.subcluster(name)
                .orElseThrow(() -> new IllegalArgumentException("no subcluster '" + name + "' is open; there are: "
                        + relay.subclusters().stream()
                                .map(Subcluster::name)
                                .sorted()
                                .collect(Collectors.joining(", "))));
    }
}
