// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** What applications measure; for the compiler alone. */
package org.eclipse.kura.message;
