// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Endpoint;
import java.util.Optional;

/** Takes datagrams through the NAT devices on their way, and tells a watcher. */
final class NatPassage {

    private final VirtualTime time;
    private final Topology topology;
    private final Watcher watcher;

    NatPassage(VirtualTime time, Topology topology, Watcher watcher) {
        this.time = time;
        this.topology = topology;
        this.watcher = watcher;
    }

    /** Where a datagram comes from once it is on its way; empty when it does not get that far. */
    Optional<Endpoint> leave(Endpoint from, Endpoint to) {
        Optional<NatDevice> device = topology.before(from);
        if (!topology.hasRoute(from, to)) {
            return Optional.empty();
        }
        if (device.isEmpty() || topology.before(to).isPresent()) {
            return Optional.of(from);
        }
        return translated(device.get(), from, to);
    }

    private Optional<Endpoint> translated(NatDevice device, Endpoint from, Endpoint to) {
        if (to.address() == device.publicAddress() && !device.options().hairpinning()) {
            watcher.turnedAway(device, from, to);
            return Optional.empty();
        }
        Optional<Endpoint> outside = device.leave(from, to, time.nowMs());
        outside.ifPresentOrElse(
                mapped -> watcher.translated(device, from, mapped, to), () -> watcher.turnedAway(device, from, to));
        return outside;
    }

    /** Which socket a datagram reaches; empty when a device turns it away. */
    Optional<Endpoint> enter(Endpoint from, Endpoint to) {
        Optional<NatDevice> device = topology.at(to);
        if (device.isEmpty()) {
            return Optional.of(to);
        }
        Optional<Endpoint> inside = device.get().enter(from, to.port(), time.nowMs());
        if (inside.isEmpty()) {
            watcher.turnedAway(device.get(), from, to);
        }
        return inside;
    }
}
