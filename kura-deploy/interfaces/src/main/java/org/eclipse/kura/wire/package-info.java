// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** The nodes of wire graphs, and what they hand each other; for the compiler alone. */
package org.eclipse.kura.wire;
