// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import java.util.List;

/** Messages that came together, and whose order they belong to. */
record Ordered(Id sender, long epoch, List<Arrival> arrivals) {}
