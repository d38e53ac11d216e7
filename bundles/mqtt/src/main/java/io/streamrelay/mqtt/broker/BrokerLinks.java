// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.io.IOException;
import java.util.Set;

/** Makes links. */
@FunctionalInterface
public interface BrokerLinks {

    /**
     * Prepares a link; it connects when it is told to.
     *
     * @throws BrokerException when the options cannot be used
     */
    BrokerLink open(BrokerOptions options, MqttVersion version, BrokerEvents events) throws BrokerException;

    /**
     * The filters that {@link #keepSubscribed} was told last of a session, also by an earlier process; empty when nothing
     * is known.
     */
    default Set<String> subscribed(BrokerOptions session) {
        return Set.of();
    }

    /**
     * Keeps what the broker may have subscribed in a session: it cannot be asked.
     *
     * @throws IOException when that is not possible
     */
    default void keepSubscribed(BrokerOptions session, Set<String> filters) throws IOException {}

    /** What {@link #keepUndisputed} was told last of a session, also by an earlier process; empty when nothing is known. */
    default Set<String> undisputed(BrokerOptions session) {
        return Set.of();
    }

    /**
     * Keeps the names under which a bridge shares what it takes in a session with no other one; none when it does.
     *
     * @throws IOException when that is not possible
     */
    default void keepUndisputed(BrokerOptions session, Set<String> names) throws IOException {}

    /** Whoever used the links has gone; what it did not acknowledge arrives again at the next that opens one. */
    default void userHasGone() {}

    /** No link is open any more, and none will be: frees what they have shared. */
    default void close() {}
}
