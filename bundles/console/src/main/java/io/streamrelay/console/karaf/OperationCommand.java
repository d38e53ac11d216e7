// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.karaf;

import io.streamrelay.console.command.Operations;
import io.streamrelay.console.text.Report;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;

/** A command that does something and tells what came of it. */
abstract class OperationCommand implements Action {

    @Reference
    Operations operations;

    @Option(name = "--json", description = "Print JSON, for programs")
    boolean json;

    abstract Report operate() throws Exception;

    @Override
    public final Object execute() throws Exception {
        operate().print(json).forEach(System.out::println);
        return null;
    }
}
