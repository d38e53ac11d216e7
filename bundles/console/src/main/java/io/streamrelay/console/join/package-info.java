// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Taking part by invitation: it is turned into configuration, as an operator would write it by hand, and the gateway's
 * components do the rest. Everything is checked before anything is changed, and doing it twice is harmless.
 */
package io.streamrelay.console.join;
