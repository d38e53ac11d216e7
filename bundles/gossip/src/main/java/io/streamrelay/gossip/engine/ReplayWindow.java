// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

/**
 * Lets each signed packet of a peer count once (RFC 4303 §3.4.3): of the session that its answer to a challenge has
 * named, and no further back than the network reorders.
 */
final class ReplayWindow {

    private long session;
    private long highest;
    private long seen;

    /** A fresh packet, which has answered a challenge: what counts from here on. */
    void begin(Stamp stamp) {
        if (stamp.session() != session) {
            session = stamp.session();
            highest = stamp.count();
            seen = 0;
        }
        admit(stamp);
    }

    /** @return false for a packet that was here, is too old, or belongs to another session */
    boolean admit(Stamp stamp) {
        if (stamp.session() != session) {
            return false;
        }
        long back = highest - stamp.count();
        if (back < 0) {
            seen = -back >= Long.SIZE ? 0 : seen << -back;
            highest = stamp.count();
            back = 0;
        }
        if (back >= Long.SIZE || (seen >>> back & 1) == 1) {
            return false;
        }
        seen |= 1L << back;
        return true;
    }
}
