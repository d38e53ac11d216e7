// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** What the fuzz targets, which lie beside the code that they try, have in common. */
package io.streamrelay.gossip.fuzz;
