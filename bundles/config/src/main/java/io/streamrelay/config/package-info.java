// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** What keeps a change of configuration in the file that it came from, also when the power fails meanwhile. */
package io.streamrelay.config;
