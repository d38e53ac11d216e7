// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** What makes cloud connections; for the compiler alone. */
package org.eclipse.kura.cloudconnection.factory;
