// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

/** The body of a message or fragment: sealed, or a part of what is sealed. */
public record Opaque() implements Body {}
