// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** What whole gateways reach on this machine, written into itests/FIGURES.md. */
package io.streamrelay.itests.karaf.figures;
