// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** How many entries all tables hold that an object of ours leads to: what grows there grows for ever. */
final class Entries {

    private static final String OURS = "io.streamrelay.gossip.";

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private long count;

    private Entries() {}

    static long of(Object root) {
        Entries entries = new Entries();
        entries.visit(root);
        return entries.count;
    }

    private void visit(Object value) {
        if (value == null || !seen.add(value)) {
            return;
        }
        if (value instanceof Map<?, ?> map) {
            count += map.size();
            map.keySet().forEach(this::visit);
            map.values().forEach(this::visit);
        } else if (value instanceof Collection<?> collection) {
            count += collection.size();
            collection.forEach(this::visit);
        } else if (value instanceof Object[] array) {
            for (Object element : array) {
                visit(element);
            }
        } else if (value.getClass().getName().startsWith(OURS)) {
            visitFields(value);
        }
    }

    private void visitFields(Object value) {
        for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                boolean isOurs = field.getDeclaringClass().getName().startsWith(OURS);
                if (isOurs
                        && !Modifier.isStatic(field.getModifiers())
                        && !field.getType().isPrimitive()) {
                    visit(read(field, value));
                }
            }
        }
    }

    private static Object read(Field field, Object of) {
        try {
            field.setAccessible(true);
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field.toString(), e);
        }
    }
}
