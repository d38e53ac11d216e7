// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

/**
 * Something that can be read at {@code /srp/PATH}, by whom the page lets in: a service within this bundle. Thread-safe.
 */
public interface PageResource {

    /** What follows {@code /srp/}, such as {@code metrics}. */
    String path();

    /** Its MIME type, with the character set where it is text. */
    String contentType();

    /** What it is at this moment. */
    byte[] render();
}
