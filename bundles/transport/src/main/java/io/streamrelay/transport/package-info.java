// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** UDP sockets: main and probe, paced, bounded. */
package io.streamrelay.transport;
