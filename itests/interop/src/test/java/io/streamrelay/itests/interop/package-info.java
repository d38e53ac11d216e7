// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Our node and the reference implementation in one mesh. {@link io.streamrelay.itests.interop.ReferencePeer} is the
 * unmodified npm package as a process of its own, which tests of other modules may take for a member of theirs.
 */
package io.streamrelay.itests.interop;
