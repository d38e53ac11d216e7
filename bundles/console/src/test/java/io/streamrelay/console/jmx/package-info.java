// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** Tests of the MXBeans. */
package io.streamrelay.console.jmx;
