// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.karaf;

import io.streamrelay.console.text.Report;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code srp:routes}. */
@Service
@Command(
        scope = "srp",
        name = "routes",
        description = "Lists the bridges to brokers and their routes",
        detailedDescription = "To mesh and to broker count messages since the bridge began.")
public final class RoutesCommand extends ReportCommand {

    @Override
    Report report() {
        return reports.routes();
    }
}
