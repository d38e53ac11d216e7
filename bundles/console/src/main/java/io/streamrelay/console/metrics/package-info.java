// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** A picture of the gateway as metrics for Prometheus. MONITORING.md lists them; dashboards rely on their names. */
package io.streamrelay.console.metrics;
