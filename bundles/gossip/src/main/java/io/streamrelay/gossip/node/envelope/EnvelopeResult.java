// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.envelope;

/** What comes of reading an envelope: the envelope, or why there is none. */
public sealed interface EnvelopeResult permits Envelope, BadEnvelope {}
