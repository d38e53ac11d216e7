// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The envelope: how messages lie inside the seal when both sides are Streamrelay nodes. A codec without any I/O; its
 * format is written down in {@code bundles/gossip/ENVELOPE.md}.
 */
package io.streamrelay.gossip.node.envelope;
