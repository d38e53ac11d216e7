// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.jmx;

import io.streamrelay.console.view.Finding;
import io.streamrelay.console.view.PeerView;
import io.streamrelay.console.view.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Shows the last picture with a node in it. */
final class NodeBean implements NodeMXBean, Shown<Snapshot> {

    private volatile Snapshot snapshot;

    NodeBean(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    @Override
    public void show(Snapshot next) {
        snapshot = next;
    }

    @Override
    public String getPeerId() {
        return snapshot.node().peerId();
    }

    @Override
    public String getClusterId() {
        return snapshot.node().clusterId();
    }

    @Override
    public String getVersion() {
        return snapshot.node().version();
    }

    @Override
    public int getUdpPort() {
        return snapshot.node().udpPort();
    }

    @Override
    public String getAddress() {
        return snapshot.node().address();
    }

    @Override
    public String getNatType() {
        return snapshot.node().natType();
    }

    @Override
    public long getUptimeSeconds() {
        return TimeUnit.MILLISECONDS.toSeconds(snapshot.node().uptimeMs());
    }

    @Override
    public String getLevel() {
        return snapshot.level().name();
    }

    @Override
    public List<String> getFindings() {
        return snapshot.findings().stream().map(NodeBean::told).toList();
    }

    private static String told(Finding finding) {
        String advice = finding.advice().isEmpty() ? "" : " -> " + finding.advice();
        return finding.level() + " " + finding.check() + ": " + finding.text() + advice;
    }

    @Override
    public int getConnectedPeers() {
        return (int) snapshot.peers().stream()
                .filter(peer -> peer.state() == PeerView.State.CONNECTED)
                .count();
    }

    @Override
    public boolean isStoreFailing() {
        return snapshot.store().failing();
    }

    @Override
    public long getCarriedBytes() {
        return snapshot.store().carriedBytes();
    }

    @Override
    public long getCarriedBytesMax() {
        return snapshot.store().carriedBytesMax();
    }

    @Override
    public long getBacklogBytes() {
        return snapshot.store().backlogBytes();
    }

    @Override
    public long getBacklogBytesMax() {
        return snapshot.store().backlogBytesMax();
    }

    @Override
    public Map<String, Long> getCounters() {
        return new TreeMap<>(snapshot.counters());
    }
}
