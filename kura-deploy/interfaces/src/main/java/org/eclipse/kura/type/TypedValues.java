// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura.type;

import java.util.Set;

/** Makes values. */
public final class TypedValues {

    private static final Set<Class<?>> TYPES =
            Set.of(Boolean.class, byte[].class, Double.class, Integer.class, Long.class, Float.class, String.class);

    private TypedValues() {}

    /** @throws IllegalArgumentException for what is of none of the types */
    public static TypedValue<?> newTypedValue(Object value) {
        if (!TYPES.contains(value.getClass())) {
            throw new IllegalArgumentException(value.getClass() + " is none of the types");
        }
        return new Value(value);
    }

    private record Value(Object getValue) implements TypedValue<Object> {

        @Override
        public int compareTo(TypedValue<Object> other) {
            return getValue.toString().compareTo(other.getValue().toString());
        }
    }
}
