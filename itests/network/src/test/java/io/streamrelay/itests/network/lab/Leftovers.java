// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.lab;

/** Removes the labs of processes that were killed and could not do it themselves. */
final class Leftovers {

    private Leftovers() {}

    static synchronized void sweep() {
        for (String name : Namespace.names()) {
            if (LabName.parse(name).filter(lab -> !lab.isAlive()).isPresent()) {
                Namespace.existing(name).close();
            }
        }
    }
}
