// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** How Eclipse Kura reaches what it calls a cloud; for the compiler alone. */
package org.eclipse.kura.cloudconnection;
