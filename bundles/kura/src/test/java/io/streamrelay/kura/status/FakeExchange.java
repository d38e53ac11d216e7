// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.status;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** A request, by https from elsewhere unless it says otherwise, and what comes back. */
final class FakeExchange {

    static final String USER = "streamrelay";
    static final String PASSWORD = "pässword: with a colon";

    private final Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> received = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private String method = "GET";
    private String path;
    private String address = "192.0.2.7";
    private boolean secure = true;
    private int status;
    private int length;

    static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    FakeExchange by(String otherMethod) {
        method = otherMethod;
        return this;
    }

    /** @param info what follows the page's own path */
    FakeExchange to(String info) {
        path = info;
        return this;
    }

    FakeExchange inPlainFrom(String remoteAddress) {
        secure = false;
        address = remoteAddress;
        return this;
    }

    FakeExchange saying(String authorization) {
        sent.put("Authorization", authorization);
        return this;
    }

    FakeExchange knowingTheLogin() {
        return saying(basic(USER, PASSWORD));
    }

    FakeExchange with(StatusServlet servlet) throws IOException {
        servlet.service(
                as(HttpServletRequest.class, (method, arguments) -> request(method, arguments)),
                as(HttpServletResponse.class, (method, arguments) -> response(method, arguments)));
        return this;
    }

    private interface Answers {
        Object answer(String method, Object[] arguments);
    }

    private static <T> T as(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (Object proxy, Method called, Object[] arguments) -> answers.answer(called.getName(), arguments)));
    }

    private Object request(String called, Object[] arguments) {
        return switch (called) {
            case "getMethod" -> method;
            case "getPathInfo" -> path;
            case "getContextPath" -> "";
            case "getServletPath" -> "/streamrelay";
            case "getRemoteAddr" -> address;
            case "isSecure" -> secure;
            case "getHeader" -> sent.get((String) arguments[0]);
            default -> throw new UnsupportedOperationException(called);
        };
    }

    private Object response(String called, Object[] arguments) {
        switch (called) {
            case "setStatus" -> status = (int) arguments[0];
            case "setHeader" -> received.put((String) arguments[0], (String) arguments[1]);
            case "setContentType" -> received.put("Content-Type", (String) arguments[0]);
            case "setContentLength" -> length = (int) arguments[0];
            case "getOutputStream" -> {
                return stream();
            }
            default -> throw new UnsupportedOperationException(called);
        }
        return null;
    }

    private ServletOutputStream stream() {
        return new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener writeListener) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(int b) {
                body.write(b);
            }
        };
    }

    int status() {
        return status;
    }

    /** The length that was announced, in bytes. */
    int length() {
        return length;
    }

    /** Or null. */
    String header(String name) {
        return received.get(name);
    }

    String body() {
        return body.toString(StandardCharsets.UTF_8);
    }
}
