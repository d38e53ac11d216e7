// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.jmx;

/** A subcluster. */
public interface SubclusterMXBean {

    String getName();

    String getId();

    int getMembers();

    long getSent();

    long getReceived();

    double getSentPerSecond();

    double getReceivedPerSecond();

    long getBacklogMessages();

    long getBacklogBytes();

    /** How long the oldest own message has waited that nobody else is known to hold. */
    long getBacklogAgeSeconds();

    long getMissingEnvelopes();

    int getFormerKeys();
}
