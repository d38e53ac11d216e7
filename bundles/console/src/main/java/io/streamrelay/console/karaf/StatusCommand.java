// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.karaf;

import io.streamrelay.console.text.Report;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code srp:status}. */
@Service
@Command(
        scope = "srp",
        name = "status",
        description = "Says in five lines whether all is well, and what to do if not",
        detailedDescription =
                "The first line is the answer: OK, WATCH (it works, and somebody should look) or BAD. Then store, broker, peers and backlog; behind -> is what to do.")
public final class StatusCommand extends ReportCommand {

    @Override
    Report report() {
        return reports.status();
    }
}
