// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.karaf;

import io.streamrelay.console.join.JoinOptions;
import io.streamrelay.console.text.Report;
import java.io.IOException;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code srp:join}. */
@Service
@Command(
        scope = "srp",
        name = "join",
        description = "Takes part in a subcluster by invitation",
        detailedDescription =
                "Changes this gateway's configuration: peers, the subcluster with its key, and a bridge to the"
                        + " broker. Joining twice is harmless.")
public final class JoinCommand extends OperationCommand {

    @Argument(
            name = "invitation",
            description = "The text that srp:invite has printed; secret",
            required = true,
            censor = true)
    String invitation;

    @Option(name = "--cluster", description = "Leave this gateway's cluster for the invitation's")
    boolean cluster;

    @Option(name = "--replace", description = "Give up a subcluster of that name with another key")
    boolean replace;

    @Option(name = "--no-route", description = "Make no bridge to the broker")
    boolean noRoute;

    @Override
    Report operate() throws IOException {
        return operations.join(invitation, new JoinOptions(cluster, replace, !noRoute));
    }
}
