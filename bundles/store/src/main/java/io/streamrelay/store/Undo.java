// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.util.ArrayDeque;
import java.util.Deque;

/** How to take back what a transaction has changed in memory, should it fail. Used by one thread. */
final class Undo {

    private final Deque<Runnable> latestFirst = new ArrayDeque<>();

    /** Remembers how to take back a change that has just been made. */
    void add(Runnable takeBack) {
        latestFirst.push(takeBack);
    }

    /** The transaction has failed. */
    void takeBack() {
        latestFirst.forEach(Runnable::run);
        latestFirst.clear();
    }

    /** The transaction is committed. */
    void forget() {
        latestFirst.clear();
    }
}
