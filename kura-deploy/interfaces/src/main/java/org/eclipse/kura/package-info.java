// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** What Eclipse Kura throws; for the compiler alone. */
package org.eclipse.kura;
