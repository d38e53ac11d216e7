// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** Benchmarks of what the engine's package keeps to itself. */
package io.streamrelay.gossip.engine;
