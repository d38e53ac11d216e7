// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

/** What is looked at to tell whether a gateway is well. */
public enum Check {
    NODE,
    STORE,
    BROKER,
    PEERS,
    CLOCK,
    BACKLOG
}
