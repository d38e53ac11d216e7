// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

/**
 * A peer that was connected since the node was opened, and is not now.
 *
 * @param id its peer id
 * @param endpoint where it was reached last
 * @param silentMs how long nothing was heard from it
 */
public record AbsentPeer(Id id, Endpoint endpoint, long silentMs) {}
