// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * A page about the node on the gateway's web server: {@link io.streamrelay.kura.status.StatusPage} puts it there,
 * {@link io.streamrelay.kura.status.StatusServlet} decides who sees it, and {@link io.streamrelay.kura.status.NodePage}
 * writes it. Kura's login covers the console's own pages alone, so this one asks for a user and password of its own.
 */
package io.streamrelay.kura.status;
