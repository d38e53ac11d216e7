// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.jmx;

import java.util.List;

/** A bridge to a broker. */
public interface BridgeMXBean {

    String getName();

    String getBroker();

    String getSubcluster();

    List<String> getRoutes();

    boolean isConnected();

    /** What is wrong, or null. */
    String getProblem();

    long getToMesh();

    long getToBroker();
}
