// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The commands for Karaf's shell, with help and completion: one class for each, which only takes arguments to
 * {@code Reports} and {@code Operations}. Karaf makes an object for each call and fills its fields.
 */
package io.streamrelay.console.karaf;
