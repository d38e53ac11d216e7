// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.karaf;

import io.streamrelay.console.text.Report;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code srp:metrics}. */
@Service
@Command(
        scope = "srp",
        name = "metrics",
        description = "Shows what was counted since the start",
        detailedDescription = "For Prometheus the same and more is at /srp/metrics.")
public final class MetricsCommand extends ReportCommand {

    @Argument(name = "part", description = "Only counters with this in their names, as drop")
    String part;

    @Override
    Report report() {
        return reports.metrics(part);
    }
}
