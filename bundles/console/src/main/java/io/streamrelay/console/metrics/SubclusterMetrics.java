// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.metrics;

import io.streamrelay.console.view.SubclusterView;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What goes through each subcluster, and what waits. */
final class SubclusterMetrics {

    private static final double MS = 1000;

    private final List<SubclusterView> subclusters;

    private SubclusterMetrics(List<SubclusterView> subclusters) {
        this.subclusters = subclusters;
    }

    static List<Family> of(List<SubclusterView> subclusters) {
        return new SubclusterMetrics(subclusters).families();
    }

    private List<Family> families() {
        return List.of(
                fill(
                        Family.counter("srp_subcluster_sent_messages", "Messages that this gateway has sent"),
                        SubclusterView::sent),
                fill(
                        Family.counter("srp_subcluster_received_messages", "Messages of others that came in"),
                        SubclusterView::received),
                gauge("srp_subcluster_members", "Members that are connected", view -> view.members()
                        .size()),
                gauge(
                        "srp_subcluster_missing_envelopes",
                        "Envelopes of others that are waited for no longer",
                        SubclusterView::missingEnvelopes),
                gauge("srp_backlog_messages", "Own messages that are held here alone", SubclusterView::backlogMessages),
                gauge("srp_backlog_bytes", "Their packets", SubclusterView::backlogBytes),
                gauge("srp_backlog_age_seconds", "The oldest one's age", view -> view.backlogOldestMs() / MS));
    }

    private Family gauge(String name, String help, ToDoubleFunction<SubclusterView> value) {
        return fill(Family.gauge(name, help), value);
    }

    private Family fill(Family family, ToDoubleFunction<SubclusterView> value) {
        subclusters.forEach(view -> family.value(value.applyAsDouble(view), "subcluster", view.name()));
        return family;
    }
}
