// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** What the field does to gateways, their links, their power and their clocks: rows of the score card. */
package io.streamrelay.itests.network.field;
