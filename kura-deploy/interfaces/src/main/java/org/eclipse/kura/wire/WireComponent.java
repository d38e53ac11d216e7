// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura.wire;

/** A node of a wire graph. */
public interface WireComponent {}
