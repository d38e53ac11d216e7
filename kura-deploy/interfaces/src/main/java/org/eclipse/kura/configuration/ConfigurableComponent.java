// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura.configuration;

/** Marks a service whose configuration Kura keeps and shows. */
public interface ConfigurableComponent {}
