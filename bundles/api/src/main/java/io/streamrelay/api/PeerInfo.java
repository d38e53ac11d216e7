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
 * @param route how it is reached
 * @param kin whether it speaks our extensions; a reference peer does not
 * @param silentMs how long nothing was heard from it
 * @param roundTripMs the last round trip, -1 while unmeasured
 * @param lossShare of the packets that were sent to it lately, the share that got lost on the way, 0 to 1; 0 for a
 *     reference peer, which does not say what came
 * @param inStep whether both held the same packets when they last compared
 * @param waitingPackets how many packets wait here to leave toward it
 * @param subclusters those it is known to be a member of
 */
public record PeerInfo(
        Id id,
        Endpoint endpoint,
        NatType natType,
        Route route,
        boolean kin,
        long silentMs,
        long roundTripMs,
        double lossShare,
        boolean inStep,
        int waitingPackets,
        Set<Id> subclusters) {}
