// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What a gateway looks like at a moment: one picture of node, peers, subclusters, store and bridges that shell, web page,
 * metrics and health checks all show, and the findings of who looks whether all is well.
 */
package io.streamrelay.console.view;
