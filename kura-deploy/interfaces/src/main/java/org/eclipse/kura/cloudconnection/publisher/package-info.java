// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** What applications publish by; for the compiler alone. */
package org.eclipse.kura.cloudconnection.publisher;
