// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

/** Something that was registered and ends when it is closed. Closing twice is harmless. */
@FunctionalInterface
public interface Registration extends AutoCloseable {

    @Override
    void close();
}
