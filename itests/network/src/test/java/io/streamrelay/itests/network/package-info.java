// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** Nodes of ours and of the reference in a network as users have it: behind NATs, on lines that are slow and go down. */
package io.streamrelay.itests.network;
