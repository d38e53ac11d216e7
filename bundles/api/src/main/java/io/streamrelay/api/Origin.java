// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

/**
 * Who sent an enveloped message, and which of theirs it is: the identity of a message for ever.
 *
 * @param sender the sender's Ed25519 public key, whose signature was verified
 * @param epoch the sender's boot counter, from 1
 * @param sequence the envelope's number within the epoch and subcluster, from 1
 * @param position the message's place in its envelope, from 0
 */
public record Origin(Id sender, long epoch, long sequence, int position) {}
