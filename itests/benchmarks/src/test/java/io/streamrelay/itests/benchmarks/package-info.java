// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What single operations of the production code cost (JMH), and what the same costs the reference and native libsodium
 * in the same run. Each class whose name ends in {@code Benchmark} holds operations; {@code Micro} runs them all in turn
 * and writes the table in README.md.
 */
package io.streamrelay.itests.benchmarks;
