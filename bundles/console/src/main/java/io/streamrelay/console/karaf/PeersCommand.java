// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.karaf;

import io.streamrelay.console.text.Report;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code srp:peers}. */
@Service
@Command(
        scope = "srp",
        name = "peers",
        description = "Lists the peers and says whether each is up to date",
        detailedDescription =
                "With the first digits of a peer's id it says of that one in a sentence whether it is up to"
                        + " date, and where what it lacks is.")
public final class PeersCommand extends ReportCommand {

    @Argument(name = "peer", description = "The first digits of one peer's id")
    @Completion(PeerCompleter.class)
    String peer;

    @Override
    Report report() {
        return reports.peers(peer);
    }
}
