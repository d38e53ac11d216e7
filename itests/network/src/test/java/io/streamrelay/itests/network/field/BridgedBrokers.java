// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import io.streamrelay.itests.network.lab.Host;
import io.streamrelay.itests.network.process.NodeFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Two Mosquitto brokers, of which the sender's has a bridge for {@code demo/#} to the receiver's. */
public enum BridgedBrokers {
    /** As Debian's /etc/mosquitto/mosquitto.conf has it. */
    DEFAULTS("Debian's defaults; a bridge of QoS 1 with `cleansession false`", "persistence true"),
    /** Nothing is thrown away, and all is written down at each change. */
    SAFEST(
            "the same bridge; `persistence true`, `max_queued_messages 0`, `autosave_interval 1`, `autosave_on_changes true`",
            "persistence true",
            "max_queued_messages 0",
            "autosave_interval 1",
            "autosave_on_changes true");

    private final String description;
    private final List<String> lines;

    BridgedBrokers(String description, String... lines) {
        this.description = description;
        this.lines = List.of(lines);
    }

    /** The settings, for a table. */
    public String description() {
        return description;
    }

    /** Starts the broker that the bridge leads to. */
    public Mosquitto receiver(Host host) {
        return Mosquitto.of(host, folder(host), all());
    }

    /** Starts the broker that has the bridge. */
    public Mosquitto sender(Host host, Host receiver) {
        List<String> bridge = new ArrayList<>(all());
        bridge.addAll(List.of(
                "connection there",
                "address " + receiver.address() + ":" + Mosquitto.PORT,
                "topic demo/# out 1",
                "cleansession false"));
        return Mosquitto.of(host, folder(host), bridge);
    }

    private List<String> all() {
        List<String> all = new ArrayList<>(List.of("listener " + Mosquitto.PORT + " 0.0.0.0"));
        all.addAll(lines);
        return all;
    }

    private static Path folder(Host host) {
        return Path.of(NodeFolder.fresh("mosquitto-" + host.name()));
    }
}
