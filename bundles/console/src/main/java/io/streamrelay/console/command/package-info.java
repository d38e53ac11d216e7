// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What the commands do, independent of the shell that they are typed in: {@code Reports} looks, {@code Operations} acts.
 * Every wait has a bound and ends when its thread is interrupted.
 */
package io.streamrelay.console.command;
