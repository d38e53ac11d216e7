// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** A small Internet of network namespaces on this host, with NATs, slow links and hosts. Tells nobody outside. */
package io.streamrelay.itests.network.lab;
