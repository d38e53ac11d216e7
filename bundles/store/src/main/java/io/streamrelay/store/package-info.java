// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** Remembers packets, deliveries and peers. */
package io.streamrelay.store;
