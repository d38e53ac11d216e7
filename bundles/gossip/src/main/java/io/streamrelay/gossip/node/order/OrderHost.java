// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.order;

import io.streamrelay.api.Id;

/** What an {@link OrderRestorer} lives in. It is told on the restorer's thread. */
public interface OrderHost {

    /** A gap was given up because an item had waited for it long enough. */
    String WAITED = "order.waited-enough";

    /** A gap was given up because too much waited. */
    String NO_ROOM = "order.no-room";

    /** A gap was given up because what waited for it would have been lost. */
    String LET_GO = "order.let-go";

    /** An item came after its gap had been given up: it was handed on late, after those that it should precede. */
    String LATE = "order.late";

    /** A gap that was given up is remembered no longer: there are too many. */
    String GAP_FORGOTTEN = "order.gaps-forgotten";

    /** The date, in milliseconds since 1970; 0 when the clock was never set. */
    long wallMs();

    /** Something happened, by one of the names above. */
    void count(String event);

    /** A sender had to be forgotten. */
    void forgotten(Id sender, long epoch);
}
