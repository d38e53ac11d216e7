// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

/** Something happened in a simulation that must not. A simulation reports it as a {@link SimulationFailure}. */
public final class Violation extends RuntimeException {

    public Violation(String message) {
        super(message);
    }
}
