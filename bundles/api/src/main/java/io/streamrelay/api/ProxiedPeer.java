// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.util.Set;

/**
 * A peer that this node reaches only through another.
 *
 * @param id its peer id
 * @param proxy the connected peer that passes on what is meant for it
 * @param silentMs how long nothing was heard of it
 * @param subclusters those it is known to be a member of
 */
public record ProxiedPeer(Id id, Id proxy, long silentMs, Set<Id> subclusters) {}
