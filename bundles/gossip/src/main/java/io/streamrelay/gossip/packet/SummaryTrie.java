// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import io.streamrelay.api.Id;
import java.util.List;

/** stub. */
public final class SummaryTrie {
    public boolean insert(Id id) {
        throw new UnsupportedOperationException();
    }

    public boolean remove(Id id) {
        throw new UnsupportedOperationException();
    }

    public boolean contains(Id id) {
        throw new UnsupportedOperationException();
    }

    public int size() {
        throw new UnsupportedOperationException();
    }

    public Summary summary(String prefix) {
        throw new UnsupportedOperationException();
    }

    public byte[] hash() {
        throw new UnsupportedOperationException();
    }

    public List<Id> ids(String prefix) {
        throw new UnsupportedOperationException();
    }
}
