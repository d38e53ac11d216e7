// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

/**
 * The node itself.
 *
 * @param peerId 64 hex digits
 * @param clusterId 64 hex digits
 * @param senderKey the key that signs its envelopes, 64 hex digits
 * @param version of these bundles
 * @param udpPort its UDP port
 * @param address where others see it, or null while nobody has said
 * @param natType what stands before it, as {@code port-restricted}
 * @param uptimeMs how long it has been open
 * @param keepAliveMs how often it asks each peer for a sign of life
 * @param clockIsSet whether this host's clock shows a time that can be
 */
public record NodeView(
        String peerId,
        String clusterId,
        String senderKey,
        String version,
        int udpPort,
        String address,
        String natType,
        long uptimeMs,
        long keepAliveMs,
        boolean clockIsSet) {}
