// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.streamrelay.console.view.Snapshot;
import java.util.List;
import java.util.stream.Stream;

/** Maps a picture of the gateway to metrics. */
final class Metrics {

    private Metrics() {}

    static MetricSnapshots of(Snapshot snapshot) {
        Stream<Family> families = Stream.of(
                        HealthMetrics.of(snapshot),
                        CounterMetrics.of(snapshot),
                        PeerMetrics.of(snapshot.peers()),
                        StoreMetrics.of(snapshot),
                        SubclusterMetrics.of(snapshot.subclusters()),
                        BridgeMetrics.of(snapshot.bridges()))
                .flatMap(List::stream);
        MetricSnapshots.Builder builder = MetricSnapshots.builder();
        families.map(Family::snapshot).forEach(builder::metricSnapshot);
        return builder.build();
    }
}
