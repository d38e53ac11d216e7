// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** What turns payloads into text; for the compiler alone. */
package org.eclipse.kura.marshalling;
