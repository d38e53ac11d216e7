// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.command;

import io.streamrelay.console.text.Report;
import java.util.List;

/** A subcluster with a new key. */
record Rotated(String subcluster, String id, String overlap) implements Report {

    @Override
    public List<String> lines() {
        return List.of(
                "subcluster " + subcluster + " has a new key; members learn it as they hear of it",
                "messages under the old key are still opened for " + overlap,
                "invitations given before are of no more use: give new ones by srp:invite " + subcluster);
    }

    @Override
    public Object data() {
        return this;
    }
}
