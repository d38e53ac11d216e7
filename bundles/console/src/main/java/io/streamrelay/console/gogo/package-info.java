// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The same commands for a plain Gogo shell, as Equinox and Kura have it. On Karaf, which has them with more comfort, they
 * are not offered.
 */
package io.streamrelay.console.gogo;
