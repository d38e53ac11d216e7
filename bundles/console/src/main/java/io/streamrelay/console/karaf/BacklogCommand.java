// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.karaf;

import io.streamrelay.console.text.Report;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code srp:backlog}. */
@Service
@Command(
        scope = "srp",
        name = "backlog",
        description = "Shows what would be lost with this gateway",
        detailedDescription = "Own messages that nobody else is known to hold, by subcluster.")
public final class BacklogCommand extends ReportCommand {

    @Override
    Report report() {
        return reports.backlog();
    }
}
