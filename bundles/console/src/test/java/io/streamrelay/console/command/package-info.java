// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** Tests of what the commands do. */
package io.streamrelay.console.command;
