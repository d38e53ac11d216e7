// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** Sealing, signing, ids and keys on Bouncy Castle's lightweight interface. */
package io.streamrelay.crypto;
