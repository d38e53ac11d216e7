// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura.wire;

import org.osgi.service.wireadmin.Producer;

/** A node that wires begin at. */
public interface WireEmitter extends WireComponent, Producer {}
