// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** What whole gateways reach, side by side with the reference and with bridged brokers; see itests/benchmarks/run. */
package io.streamrelay.itests.network.whole;
