// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** Tests of the picture of a gateway. */
package io.streamrelay.console.view;
