// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The node and its subclusters as OSGi components: they translate configuration and life cycle, and nothing else.
 */
package io.streamrelay.gossip.node.osgi;
