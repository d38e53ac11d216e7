// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

/**
 * Own messages of one subcluster that nobody else is known to hold: they would be lost with this node.
 *
 * @param subcluster the subcluster's public id
 * @param messages how many messages
 * @param bytes their packets, in bytes
 * @param oldestMs how long the oldest has waited, in milliseconds
 */
public record BacklogInfo(Id subcluster, long messages, long bytes, long oldestMs) {}
