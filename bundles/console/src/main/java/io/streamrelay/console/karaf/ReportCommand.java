// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.karaf;

import io.streamrelay.console.command.Reports;
import io.streamrelay.console.text.Report;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;

/** A command that looks and tells. */
abstract class ReportCommand implements Action {

    @Reference
    Reports reports;

    @Option(name = "--json", description = "Print JSON, for programs")
    boolean json;

    abstract Report report();

    @Override
    public final Object execute() {
        report().print(json).forEach(System.out::println);
        return null;
    }
}
