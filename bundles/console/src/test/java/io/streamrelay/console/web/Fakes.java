// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Stands in for interfaces of which a test needs a few methods. */
final class Fakes {

    /** Answers a call by the method's name. */
    interface Answers {
        Object answer(String method, Object[] arguments) throws Throwable;
    }

    private Fakes() {}

    static <T> T as(Class<T> type, Answers answers) {
        InvocationHandler handler = (Object proxy, Method called, Object[] arguments) -> switch (called.getName()) {
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            default -> answers.answer(called.getName(), arguments);
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
