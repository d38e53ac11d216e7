// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.karaf;

import io.streamrelay.console.command.Listening;
import io.streamrelay.console.command.Operations;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code srp:listen}. */
@Service
@Command(
        scope = "srp",
        name = "listen",
        description = "Shows messages as they come; Ctrl-C ends it",
        detailedDescription =
                "Without a filter it shows all topics. Raw messages of JavaScript peers are shown when the"
                        + " filter is the exact name of their event.")
public final class ListenCommand implements Action {

    @Reference
    Operations operations;

    @Argument(index = 0, name = "subcluster", description = "The subcluster's name", required = true)
    @Completion(SubclusterCompleter.class)
    String subcluster;

    @Argument(index = 1, name = "filter", description = "A topic filter, as demo/# or +/temperature")
    String filter;

    @Option(name = "--count", description = "Ends after so many messages")
    int count;

    @Option(name = "--seconds", description = "Ends after so many seconds")
    int seconds;

    @Option(name = "--json", description = "Print each message as a line of JSON")
    boolean json;

    @Override
    public Object execute() {
        // This thread writes, so System.out is this session's.
        operations.listen(subcluster, filter, new Listening.Until(count, seconds, json), System.out::println);
        return null;
    }
}
