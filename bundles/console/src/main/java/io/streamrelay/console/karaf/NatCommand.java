// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.karaf;

import io.streamrelay.console.text.Report;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code srp:nat}. */
@Service
@Command(
        scope = "srp",
        name = "nat",
        description = "Shows what stands before this gateway and how peers are reached",
        detailedDescription =
                "Where others see this gateway, the kind of NAT before it and what that means, and each peer's route: direct, punched or proxied.")
public final class NatCommand extends ReportCommand {

    @Override
    Report report() {
        return reports.nat();
    }
}
