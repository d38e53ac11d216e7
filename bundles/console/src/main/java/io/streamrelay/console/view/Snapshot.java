// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

import java.util.List;
import java.util.Map;

/**
 * A gateway at a moment. Nothing in it is secret.
 *
 * @param atMs when, in milliseconds since 1970
 * @param level the worst of the findings
 * @param findings one for each check, in their order
 * @param node the node, or null while none runs
 * @param peers the connected, then those behind others, then those that were connected
 * @param subclusters by name
 * @param store what is held, or null while no node runs
 * @param bridges by name
 * @param counters all counts since the start, by name; see the bundles' READMEs
 */
public record Snapshot(
        long atMs,
        Level level,
        List<Finding> findings,
        NodeView node,
        List<PeerView> peers,
        List<SubclusterView> subclusters,
        StoreView store,
        List<BridgeView> bridges,
        Map<String, Long> counters) {}
