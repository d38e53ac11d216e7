// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.store;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;

/** A peer that was once connected, and where. */
public record StoredPeer(Id id, Endpoint endpoint) {}
