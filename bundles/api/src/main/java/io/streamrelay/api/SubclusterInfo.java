// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

/**
 * What has gone through a subcluster at this node since it was opened.
 *
 * @param sent messages of this node that were committed
 * @param received messages of other members that were opened and taken
 * @param quietMs how long nothing was sent or received, in milliseconds; -1 when nothing ever was
 * @param formerKeys how many former keys still open messages, after {@link Subcluster#rotate}
 */
public record SubclusterInfo(long sent, long received, long quietMs, int formerKeys) {}
