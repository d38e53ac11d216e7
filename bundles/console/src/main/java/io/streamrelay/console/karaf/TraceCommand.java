// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.karaf;

import io.streamrelay.console.text.Report;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code srp:trace}. */
@Service
@Command(
        scope = "srp",
        name = "trace",
        description = "Follows a message through acceptance, commit, sends and deliveries",
        detailedDescription =
                "Without a message it lists those that passed lately. What other gateways did with it, they"
                        + " show themselves.")
public final class TraceCommand extends ReportCommand {

    @Argument(name = "message", description = "The first digits of the message's id, as srp:publish prints it")
    @Completion(MessageCompleter.class)
    String message;

    @Override
    Report report() {
        return reports.trace(message);
    }
}
