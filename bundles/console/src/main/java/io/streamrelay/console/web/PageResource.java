// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

/** Something under {@code /srp}: a service for each. Thread-safe. */
public interface PageResource {

    /** Where it is, below {@code /srp/}, as {@code metrics}. */
    String path();

    /** Its MIME type, with its character set if it is text. */
    String contentType();

    /** What it is at this moment. */
    byte[] render();
}
