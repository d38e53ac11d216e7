// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** Who is told of connections and deliveries; for the compiler alone. */
package org.eclipse.kura.cloudconnection.listener;
