// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

/** Takes the deliveries of a durable consumer, one call at a time, in each sender's order. */
@FunctionalInterface
public interface DeliveryHandler {

    /** May return before it has acknowledged; a bounded number of deliveries is outstanding at once. */
    void deliver(Delivery delivery);
}
