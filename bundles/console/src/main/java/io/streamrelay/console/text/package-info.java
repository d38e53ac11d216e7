// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What the commands tell, independent of the shell: each report is lines for a person who wants to know at a glance, and
 * the same as an object for programs. What came from other peers is never printed as it is: a terminal obeys it.
 */
package io.streamrelay.console.text;
