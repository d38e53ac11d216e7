// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

/** What of the memory one thing that waits may take. */
final class Heap {

    private static final int PART = 16;

    private Heap() {}

    /** In bytes: 4 MB of a small gateway's 64. A guess. */
    static long sixteenth() {
        return Runtime.getRuntime().maxMemory() / PART;
    }
}
