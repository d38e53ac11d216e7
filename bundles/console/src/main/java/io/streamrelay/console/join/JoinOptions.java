// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.join;

/**
 * How far joining may go.
 *
 * @param moveCluster whether this gateway may leave its cluster for the invitation's
 * @param replaceKey whether a subcluster of that name with another key may be given up
 * @param route whether a bridge to the broker is made when there is none
 */
public record JoinOptions(boolean moveCluster, boolean replaceKey, boolean route) {

    /** The careful way: nothing that is there is given up, and messages reach the broker. */
    public static final JoinOptions CAREFUL = new JoinOptions(false, false, true);
}
