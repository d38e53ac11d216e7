// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.engine.Event;

/**
 * A message that a scenario has sent.
 *
 * @param number counts the messages of a simulation from 0
 * @param from the node that sent it
 * @param to the one node that it is for, or -1 when it is for a whole subcluster
 * @param sentMs when, in virtual time
 * @param outgoing what the engine was given
 */
public record Message(int number, int from, int to, long sentMs, Event.Outgoing outgoing) {

    /** For everybody in its subcluster. */
    static final int TO_ALL = -1;

    /** The subcluster it was sent in. */
    public Id subcluster() {
        return outgoing.subcluster();
    }

    /** Whether it is a publish rather than a stream. */
    public boolean toAll() {
        return to == TO_ALL;
    }

    /** The token that its command carries; 0 is no token. */
    long token() {
        return number + 1L;
    }

    @Override
    public String toString() {
        return "message " + number + " of node " + from + " (" + outgoing.sealed().length + " B sealed)";
    }
}
