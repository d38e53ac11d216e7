// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.karaf;

import io.streamrelay.console.text.Report;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code srp:store}. */
@Service
@Command(
        scope = "srp",
        name = "store",
        description = "Shows what this gateway holds",
        detailedDescription =
                "What is carried for the mesh, what is held here alone, how much of each there may be, and whose it is.")
public final class StoreCommand extends ReportCommand {

    @Override
    Report report() {
        return reports.store();
    }
}
