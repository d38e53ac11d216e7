// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

import java.util.List;

/**
 * A peer: connected, behind another, or one that was connected.
 *
 * @param id 64 hex digits
 * @param state whether it can be reached
 * @param address where it is, or was; null behind another
 * @param natType what it says stands before it, as {@code port-restricted}; {@code unknown} when it is not connected
 * @param route {@code direct}, {@code punched} or {@code proxied}
 * @param via the peer that passes on what is meant for it, or null
 * @param kin whether it is a Streamrelay node; a reference peer is not
 * @param carrier whether it shares no subcluster with this node: it keeps and passes on what it cannot read
 * @param silentMs how long nothing was heard of it
 * @param roundTripMs the last round trip, -1 while unmeasured
 * @param lossShare what got lost of what was sent to it lately, 0 to 1
 * @param inStep whether both held the same packets when they last compared
 * @param waitingPackets how many packets wait here to leave toward it
 * @param subclusters the names of this node's subclusters that it is a member of
 */
public record PeerView(
        String id,
        State state,
        String address,
        String natType,
        String route,
        String via,
        boolean kin,
        boolean carrier,
        long silentMs,
        long roundTripMs,
        double lossShare,
        boolean inStep,
        int waitingPackets,
        List<String> subclusters) {

    /** Whether a peer can be reached. */
    public enum State {
        CONNECTED,
        PROXIED,
        ABSENT
    }
}
