// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Drives the engine: sockets, store, clock and threads on one side, the application's interface on the other.
 */
package io.streamrelay.gossip.node;
