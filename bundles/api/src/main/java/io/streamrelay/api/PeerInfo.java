// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.util.Set;

/**
 * A connected peer.
 *
 * @param id its peer id
 * @param endpoint where it is reached
 * @param natType what it says stands before it
 * @param kin whether it speaks our extensions; a reference peer does not
 * @param silentMs how long nothing was heard from it
 * @param roundTripMs the last round trip, -1 while unmeasured
 * @param subclusters those it is known to be a member of
 */
public record PeerInfo(
        Id id, Endpoint endpoint, NatType natType, boolean kin, long silentMs, long roundTripMs, Set<Id> subclusters) {}
