// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** The scenarios that the reference was measured with, and what they come to with our engine, for itests/FIGURES.md. */
package io.streamrelay.simulator.figures;
