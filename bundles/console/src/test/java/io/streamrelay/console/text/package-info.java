// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** Tests of what the commands print. */
package io.streamrelay.console.text;
