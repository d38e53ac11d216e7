// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Looks at every collection that an object holds, however deep: whatever was forgotten when limits were set. */
final class Tables {

    private static final String OURS = "io.streamrelay.";

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final int entriesMax;

    private Tables(int entriesMax) {
        this.entriesMax = entriesMax;
    }

    static void assertBounded(Object root, int entriesMax) {
        new Tables(entriesMax).visit(root, root.getClass().getSimpleName());
    }

    /** How many entries the table has that the fields' names lead to, each but the last followed by a point. */
    static int size(Object root, String path) {
        Object value = root;
        for (String name : path.split("\\.")) {
            try {
                value = read(value.getClass().getDeclaredField(name), value);
            } catch (NoSuchFieldException e) {
                throw new AssertionError(path, e);
            }
        }
        if (value instanceof BoundedMap<?, ?> bounded) {
            return bounded.size();
        }
        return value instanceof Map<?, ?> map ? map.size() : ((Collection<?>) value).size();
    }

    private void visit(Object value, String path) {
        if (value == null || !seen.add(value)) {
            return;
        }
        if (value instanceof Map<?, ?> map) {
            visitAll(map.values(), path);
        } else if (value instanceof Collection<?> collection) {
            visitAll(collection, path);
        } else if (value.getClass().getName().startsWith(OURS)) {
            visitFields(value, path);
        }
    }

    private void visitAll(Collection<?> entries, String path) {
        assertTrue(entries.size() <= entriesMax, () -> path + " has " + entries.size() + " entries");
        entries.forEach(entry -> visit(entry, path + "[]"));
    }

    private void visitFields(Object value, String path) {
        for (Class<?> type = value.getClass();
                type != null && type.getName().startsWith(OURS);
                type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    visit(read(field, value), path + "." + field.getName());
                }
            }
        }
    }

    private static Object read(Field field, Object of) {
        try {
            field.setAccessible(true);
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
