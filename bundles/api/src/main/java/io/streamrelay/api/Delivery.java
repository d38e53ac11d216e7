// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

/** A message handed to a durable consumer, which keeps it until {@link #acknowledge} is called. */
public interface Delivery extends Received {

    /** Says that the message has been dealt with for good: it will not be handed over again. */
    void acknowledge();
}
