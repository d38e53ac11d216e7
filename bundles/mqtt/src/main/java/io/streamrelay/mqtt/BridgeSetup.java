// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.mqtt.broker.BrokerLinks;
import java.util.function.DoubleSupplier;

/**
 * What a bridge is given to live.
 *
 * @param name its name, see {@link BridgeName}
 * @param links how brokers are reached
 * @param willLinks the same, apart: nothing of a persistent session is to mix with a connection without one
 * @param thread its own thread
 * @param chance numbers from 0 to 1
 * @param report what it tells of itself
 */
record BridgeSetup(
        String name,
        BrokerLinks links,
        BrokerLinks willLinks,
        BridgeThread thread,
        DoubleSupplier chance,
        BridgeReport report) {

    BridgeSetup(String name, BrokerLinks links, BrokerLinks willLinks, BridgeThread thread, DoubleSupplier chance) {
        this(name, links, willLinks, thread, chance, new BridgeReport(name));
    }

    Backoff backoff() {
        return new Backoff(chance);
    }
}
