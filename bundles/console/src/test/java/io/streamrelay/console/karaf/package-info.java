// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** Tests of the commands for Karaf. */
package io.streamrelay.console.karaf;
