// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.karaf;

import io.streamrelay.console.command.Invited;
import io.streamrelay.console.text.Report;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.Terminal;

/** {@code srp:invite}. */
@Service
@Command(
        scope = "srp",
        name = "invite",
        description = "Prints an invitation to a subcluster, as a text and a QR code; it is secret",
        detailedDescription =
                "The text holds the cluster, the subcluster, its key and some peers to begin with. Whoever has"
                        + " it can read and write there.")
public final class InviteCommand extends OperationCommand {

    /** Where the session has no terminal, as over ssh with a command. */
    private static final int COLUMNS_DEFAULT = 80;

    @Reference
    Session session;

    @Argument(name = "subcluster", description = "The subcluster's name", required = true)
    @Completion(SubclusterCompleter.class)
    String subcluster;

    @Option(name = "--no-qr", description = "Leave the QR code out")
    boolean noCode;

    @Override
    Report operate() {
        return operations.invite(subcluster, terminal());
    }

    private Invited.Terminal terminal() {
        Terminal terminal = session.getTerminal();
        boolean shows = terminal != null && terminal.getWidth() > 0;
        int columns = shows ? terminal.getWidth() : COLUMNS_DEFAULT;
        return new Invited.Terminal(noCode ? 0 : columns, shows && terminal.isAnsiSupported());
    }
}
