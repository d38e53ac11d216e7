// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** Values of wire graphs; for the compiler alone. */
package org.eclipse.kura.type;
