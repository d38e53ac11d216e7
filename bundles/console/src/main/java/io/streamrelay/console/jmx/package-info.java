// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The gateway as MXBeans in the domain {@code io.streamrelay}. The peer id is in each name: two gateways in one JVM do not
 * meet.
 */
package io.streamrelay.console.jmx;
