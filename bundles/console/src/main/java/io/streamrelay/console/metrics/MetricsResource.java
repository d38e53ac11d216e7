// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.streamrelay.console.view.GatewayView;
import io.streamrelay.console.view.Snapshot;
import io.streamrelay.console.web.PageResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /srp/metrics}, for Prometheus. */
@Component(service = PageResource.class)
public final class MetricsResource implements PageResource {

    private final GatewayView view;

    @Activate
    public MetricsResource(@Reference GatewayView view) {
        this.view = view;
    }

    @Override
    public String path() {
        return "metrics";
    }

    @Override
    public String contentType() {
        return PrometheusTextFormatWriter.CONTENT_TYPE;
    }

    @Override
    public byte[] render() {
        // The last picture: asking often costs the engine nothing.
        return render(view.latest());
    }

    static byte[] render(Snapshot snapshot) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, Metrics.of(snapshot));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toByteArray();
    }
}
