// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** The messages of applications; for the compiler alone. */
package org.eclipse.kura.cloudconnection.message;
