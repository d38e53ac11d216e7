// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.karaf;

import io.streamrelay.console.command.Operations;
import io.streamrelay.console.text.Report;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code srp:rotate}. */
@Service
@Command(
        scope = "srp",
        name = "rotate",
        description = "Moves a subcluster to a new key",
        detailedDescription =
                "Members learn the new key under the present one. It does not shut out who has the present key"
                        + " and still listens: for that make another subcluster and invite those who are to be in it.")
public final class RotateCommand extends OperationCommand {

    @Argument(name = "subcluster", description = "The subcluster's name", required = true)
    @Completion(SubclusterCompleter.class)
    String subcluster;

    @Option(name = "--overlap", description = "How long the old key still opens messages, 1m to 30d")
    String overlap = Operations.OVERLAP_DEFAULT;

    @Override
    Report operate() throws InterruptedException {
        return operations.rotate(subcluster, overlap);
    }
}
