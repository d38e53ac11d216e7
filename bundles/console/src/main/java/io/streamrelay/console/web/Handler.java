// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import java.io.IOException;

/** Answers the requests for one path, from those that are let in. */
@FunctionalInterface
interface Handler {

    void handle(Exchange exchange) throws IOException;
}
