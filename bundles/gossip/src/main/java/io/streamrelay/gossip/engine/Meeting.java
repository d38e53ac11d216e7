// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;

/**
 * What two peers are introduced for.
 *
 * @param cluster the cluster that they share, or null
 * @param subcluster the subcluster that they share, or null
 * @param arranged whether one of them has asked for the other
 * @param hops how many hops the intros have behind them
 */
record Meeting(Id cluster, Id subcluster, boolean arranged, int hops) {}
