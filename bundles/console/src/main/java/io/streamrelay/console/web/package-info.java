// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The web page at {@code /srp}: {@link io.streamrelay.console.web.ConsolePage} has the container serve it,
 * {@code PageServlet} decides who sees it and {@code Pages} what there is to see, {@code EventStreams} keeps it live.
 * The page itself, plain HTML and ES modules, stands in the folder {@code assets} beside these classes. Other packages
 * of this bundle put what they have under the same login by a {@link io.streamrelay.console.web.PageResource}.
 */
package io.streamrelay.console.web;
