// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** What the console's tests share: a gateway that is as they want it. */
package io.streamrelay.console;
