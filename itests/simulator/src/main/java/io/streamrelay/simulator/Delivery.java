// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Id;

/**
 * A message that an engine handed on.
 *
 * @param message which
 * @param packetId under which packet id it came
 * @param ageMs how old it is, as far as the engine knows
 * @param hops how many hops it took
 * @param atMs when, in virtual time
 */
public record Delivery(Message message, Id packetId, long ageMs, int hops, long atMs) {}
