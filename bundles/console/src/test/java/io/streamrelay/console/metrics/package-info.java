// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** Tests of the metrics, and of the dashboard that relies on their names. */
package io.streamrelay.console.metrics;
