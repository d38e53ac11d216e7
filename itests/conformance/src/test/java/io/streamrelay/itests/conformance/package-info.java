// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Which test shows which conformance case, as a table made from the tests' tags ({@code @Tag("case-12")}) and their
 * reports.
 */
package io.streamrelay.itests.conformance;
