// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Rows of the field criteria that can be shown in virtual time: each test measures one, asserts it, and writes it to the
 * score card.
 */
package io.streamrelay.simulator.field;
