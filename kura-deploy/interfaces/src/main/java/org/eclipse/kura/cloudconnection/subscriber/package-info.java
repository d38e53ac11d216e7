// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** What applications hear by; for the compiler alone. */
package org.eclipse.kura.cloudconnection.subscriber;
