// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

/**
 * Envelopes of one sender that this node has not got and waits for no longer: they came to nobody whom it met, were let
 * go for want of room, have expired, or were sent before this node took part. One that comes after all is handed over,
 * and its number leaves the gap.
 *
 * @param sender the sender's Ed25519 public key
 * @param epoch the sender's boot counter
 * @param from the first number that lacks, as in {@link Origin#sequence()}
 * @param to the last number that lacks
 * @param sinceMs when this node stopped waiting, by its own clock, in milliseconds since 1970; 0 when that was never set
 */
public record GapInfo(Id sender, long epoch, long from, long to, long sinceMs) {

    /** How many envelopes lack. */
    public long envelopes() {
        return to - from + 1;
    }
}
