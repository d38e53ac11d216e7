// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.karaf;

import io.streamrelay.console.text.Report;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code srp:publish}. */
@Service
@Command(
        scope = "srp",
        name = "publish",
        description = "Publishes a text and waits until it is on disk",
        detailedDescription = "Prints the message's id, for srp:trace.")
public final class PublishCommand extends OperationCommand {

    @Argument(index = 0, name = "subcluster", description = "The subcluster's name", required = true)
    @Completion(SubclusterCompleter.class)
    String subcluster;

    @Argument(index = 1, name = "topic", description = "The topic, or with --raw the event", required = true)
    String topic;

    @Argument(index = 2, name = "text", description = "The payload", required = true)
    String text;

    @Option(name = "--raw", description = "As JavaScript peers send and receive: the payload alone")
    boolean raw;

    @Override
    Report operate() throws InterruptedException {
        return operations.publish(subcluster, topic, text, raw);
    }
}
