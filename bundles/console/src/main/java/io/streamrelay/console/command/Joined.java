// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.command;

import io.streamrelay.console.text.Report;
import java.util.ArrayList;
import java.util.List;

/** What joining has changed. */
record Joined(String subcluster, List<String> done) implements Report {

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>(done);
        lines.add("this gateway takes part in " + subcluster + ": srp:status tells when a member is connected");
        return lines;
    }

    @Override
    public Object data() {
        return this;
    }
}
