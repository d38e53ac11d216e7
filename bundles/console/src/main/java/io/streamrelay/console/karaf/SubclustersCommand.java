// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.karaf;

import io.streamrelay.console.text.Report;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code srp:subclusters}. */
@Service
@Command(
        scope = "srp",
        name = "subclusters",
        description = "Lists the subclusters of this gateway",
        detailedDescription =
                "Backlog counts own messages that nobody else is known to hold, missing the envelopes of others that are waited for no longer, old keys those that still open messages after srp:rotate.")
public final class SubclustersCommand extends ReportCommand {

    @Override
    Report report() {
        return reports.subclusters();
    }
}
