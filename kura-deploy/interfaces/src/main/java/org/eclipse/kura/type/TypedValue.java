// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura.type;

/** A value that has one of Kura's types. */
public interface TypedValue<T> extends Comparable<TypedValue<T>> {

    T getValue();
}
