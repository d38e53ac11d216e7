// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Id;
import io.streamrelay.mqtt.broker.MqttVersion;

/** What both ways of a bridge know of the moment. */
interface BridgeContext {

    Id subcluster();

    Routes routes();

    /** What the present connection speaks. */
    MqttVersion version();

    Responsibility responsibility();

    BrokerMarks marks();

    Subscriptions subscriptions();

    UnmarkedPublications unmarked();

    BridgeReport report();

    /** The bridge's monotonic clock, in milliseconds. */
    long nowMs();
}
