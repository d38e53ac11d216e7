// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.health;

import io.streamrelay.console.view.Check;
import io.streamrelay.console.view.Finding;
import io.streamrelay.console.view.GatewayView;
import io.streamrelay.console.view.Level;
import io.streamrelay.console.view.Snapshot;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;

/** A check that tells one finding of the last look at the gateway. */
abstract class FindingCheck implements HealthCheck {

    /** What all of them are found by. */
    static final String TAG = "srp";

    private final GatewayView view;
    private final Check check;

    FindingCheck(GatewayView view, Check check) {
        this.view = view;
        this.check = check;
    }

    @Override
    public final Result execute() {
        return result(view.latest(), check);
    }

    /** While no node runs nothing else was looked at, and that itself is the finding. */
    static Result result(Snapshot snapshot, Check check) {
        Finding finding = snapshot.findings().stream()
                .filter(each -> each.check() == check)
                .findFirst()
                .orElseGet(() -> snapshot.findings().get(0));
        String advice = finding.advice().isEmpty() ? "" : "; " + finding.advice();
        return new Result(status(finding.level()), finding.text() + advice);
    }

    private static Result.Status status(Level level) {
        return switch (level) {
            case OK -> Result.Status.OK;
            case WATCH -> Result.Status.WARN;
            case BAD -> Result.Status.CRITICAL;
        };
    }
}
