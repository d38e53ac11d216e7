// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.jmx;

import java.util.List;
import java.util.Map;

/** The node. */
public interface NodeMXBean {

    String getPeerId();

    String getClusterId();

    String getVersion();

    int getUdpPort();

    /** Where others see it, or null while nobody has said. */
    String getAddress();

    String getNatType();

    long getUptimeSeconds();

    /** {@code OK}, {@code WATCH} or {@code BAD}. */
    String getLevel();

    /** What was found of each part, and what to do. */
    List<String> getFindings();

    int getConnectedPeers();

    boolean isStoreFailing();

    long getCarriedBytes();

    long getCarriedBytesMax();

    long getBacklogBytes();

    long getBacklogBytesMax();

    /** All counts since the start, by name. */
    Map<String, Long> getCounters();
}
