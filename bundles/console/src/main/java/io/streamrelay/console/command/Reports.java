// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.command;

import io.streamrelay.api.Id;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.TracedMessage;
import io.streamrelay.console.text.BacklogReport;
import io.streamrelay.console.text.Ids;
import io.streamrelay.console.text.MetricsReport;
import io.streamrelay.console.text.NatReport;
import io.streamrelay.console.text.PeersReport;
import io.streamrelay.console.text.Report;
import io.streamrelay.console.text.RoutesReport;
import io.streamrelay.console.text.StatusReport;
import io.streamrelay.console.text.StoreReport;
import io.streamrelay.console.text.SubclustersReport;
import io.streamrelay.console.text.TraceReport;
import io.streamrelay.console.text.TracesReport;
import io.streamrelay.console.view.GatewayView;
import io.streamrelay.console.view.PeerView;
import io.streamrelay.console.view.SubclusterView;
import java.time.ZoneId;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The commands that look at the gateway and change nothing. */
@Component(service = Reports.class)
public final class Reports {

    private final GatewayView view;

    @Activate
    public Reports(@Reference GatewayView view) {
        this.view = view;
    }

    /** Whether all is well. */
    public Report status() {
        return new StatusReport(view.now());
    }

    /** @param begin the first digits of one peer's id, or null for all */
    public Report peers(String begin) {
        return begin == null ? PeersReport.of(view.now()) : PeersReport.of(view.now(), begin);
    }

    /** What this gateway takes part in. */
    public Report subclusters() {
        return SubclustersReport.of(view.now());
    }

    /** What this gateway holds. */
    public Report store() {
        return StoreReport.of(view.now());
    }

    /** What would be lost with this gateway. */
    public Report backlog() {
        return BacklogReport.of(view.now());
    }

    /** The bridges to brokers and their routes. */
    public Report routes() {
        return RoutesReport.of(view.now());
    }

    /** What stands before this gateway, and how peers are reached. */
    public Report nat() {
        return NatReport.of(view.now());
    }

    /** @param part what the counters' names contain, or null for all */
    public Report metrics(String part) {
        return MetricsReport.of(view.now(), part);
    }

    /** @param begin the first digits of one message's id, or null for those that passed lately */
    public Report trace(String begin) {
        StreamRelay relay = Nodes.running(view);
        if (begin == null) {
            return new TracesReport(relay.traces(), System.currentTimeMillis());
        }
        Id id = Id.ofHex(begin.length() == 2 * Id.BYTES ? begin : Ids.find("message", begin, messages()));
        TracedMessage message = relay.trace(id)
                .orElseThrow(() -> new IllegalArgumentException(
                        "message " + id.shortHex() + " is forgotten here, or never was here"));
        return new TraceReport(message, ZoneId.systemDefault());
    }

    /** The names of subclusters, for completion. */
    public List<String> subclusterNames() {
        return view.latest().subclusters().stream().map(SubclusterView::name).toList();
    }

    /** The ids of peers, for completion. */
    public List<String> peerIds() {
        return view.latest().peers().stream().map(PeerView::id).toList();
    }

    /** The ids of messages that passed lately, for completion; the latest first. */
    public List<String> messages() {
        return view.relay()
                .map(relay -> relay.traces().stream()
                        .map(message -> message.id().hex())
                        .toList())
                .orElse(List.of());
    }
}
