// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** How Eclipse Kura knows what its console configures; for the compiler alone. */
package org.eclipse.kura.configuration;
