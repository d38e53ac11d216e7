// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.BridgeInfo;
import io.streamrelay.api.BridgeStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** What a bridge tells of itself, over all its sessions. Thread-safe: the bridge's thread writes, others read. */
final class BridgeReport implements BridgeStatus {

    /** What is told until a configuration was taken. */
    private static final String UNCONFIGURED = "it has no configuration yet";

    private record Wanted(String broker, String subcluster, List<String> routes) {}

    private final String name;
    private final LongAdder toMesh = new LongAdder();
    private final LongAdder toBroker = new LongAdder();
    private volatile Wanted wanted = new Wanted("", "", List.of());
    private volatile boolean connected;
    private volatile String problem = UNCONFIGURED;
    private volatile LastRefused lastRefused;

    /** @param name the bridge's name */
    BridgeReport(String name) {
        this.name = name;
    }

    void configured(BridgeSettings settings) {
        wanted = new Wanted(
                settings.broker(), settings.subcluster(), settings.routes().lines());
    }

    /** The broker is connected: what was wrong before is over. */
    void reached() {
        problem = null;
    }

    /** The broker has answered all subscriptions, and the bridge is at work. */
    void connected() {
        connected = true;
    }

    /** The broker is not connected, or the bridge has ended. */
    void lost(String reason) {
        connected = false;
        problem = reason;
    }

    /** Something is wrong, whether the broker is connected or not. */
    void trouble(String text) {
        problem = text;
    }

    /** A message was left out. */
    void refused(LastRefused refused) {
        lastRefused = refused;
    }

    /** The latest one that was left out. */
    Optional<LastRefused> lastRefused() {
        return Optional.ofNullable(lastRefused);
    }

    void toMesh() {
        toMesh.increment();
    }

    void toBroker() {
        toBroker.increment();
    }

    @Override
    public BridgeInfo info() {
        Wanted now = wanted;
        return new BridgeInfo(
                name,
                now.broker(),
                now.subcluster(),
                now.routes(),
                connected,
                Optional.ofNullable(problem),
                toMesh.sum(),
                toBroker.sum());
    }
}
