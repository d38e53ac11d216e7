// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.util.Optional;

/**
 * What a node is at this moment.
 *
 * @param peerId its peer id
 * @param clusterId the cluster it belongs to
 * @param senderKey the public key that signs its envelopes
 * @param port its UDP port
 * @param probePort its probe port
 * @param natType what stands before it, as far as it knows
 * @param reflexive the address that others see it at
 * @param peers how many peers are connected
 * @param uptimeMs how long it has been open
 * @param keepAliveMs how often it asks each peer for a sign of life
 */
public record NodeInfo(
        Id peerId,
        Id clusterId,
        Id senderKey,
        int port,
        int probePort,
        NatType natType,
        Optional<Endpoint> reflexive,
        int peers,
        long uptimeMs,
        long keepAliveMs) {}
