// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.util.Locale;

/** A run that broke a rule: says which, when, with what options, and the command that replays it. */
public final class SimulationFailure extends AssertionError {

    SimulationFailure(SimulationOptions options, long atMs, Throwable cause) {
        super(
                String.format(
                        Locale.ROOT,
                        "%s%n  at %.3f s of virtual time%n  %s%n  replay: %s",
                        cause instanceof Violation ? cause.getMessage() : cause.toString(),
                        atMs / 1e3,
                        options,
                        options.replayCommand()),
                cause);
    }
}
