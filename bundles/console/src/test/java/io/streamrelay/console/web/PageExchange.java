// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.servlet.ReadListener;
import javax.servlet.ServletInputStream;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** A request, by https from elsewhere unless it says otherwise, and what comes back. */
final class PageExchange {

    static final String USER = "operator";
    static final String PASSWORD = "pässword: with a colon";

    final SlowOutput output = new SlowOutput();

    private final Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> received = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final String method;
    private final String path;
    private String address = "192.0.2.7";
    private boolean secure = true;
    private byte[] content = {};
    private int status;

    /** @param path what follows the page's own, or null */
    PageExchange(String method, String path) {
        this.method = method;
        this.path = path;
        output.ready = true;
    }

    static PageExchange get(String path) {
        return new PageExchange("GET", path).saying("Authorization", basic(USER, PASSWORD));
    }

    static PageExchange post(String path, String json) {
        PageExchange exchange = new PageExchange("POST", path).saying("Authorization", basic(USER, PASSWORD));
        exchange.content = json.getBytes(StandardCharsets.UTF_8);
        return exchange.saying("Content-Type", "application/json").saying("Host", "gateway:8181");
    }

    static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    PageExchange saying(String header, String value) {
        sent.put(header, value);
        return this;
    }

    PageExchange inPlainFrom(String remoteAddress) {
        secure = false;
        return from(remoteAddress);
    }

    PageExchange from(String remoteAddress) {
        address = remoteAddress;
        return this;
    }

    PageExchange with(PageServlet servlet) throws IOException {
        servlet.service(request(), response());
        return this;
    }

    HttpServletRequest request() {
        return Fakes.as(HttpServletRequest.class, this::request);
    }

    HttpServletResponse response() {
        return Fakes.as(HttpServletResponse.class, this::response);
    }

    private Object request(String called, Object[] arguments) {
        return switch (called) {
            case "getMethod" -> method;
            case "getPathInfo" -> path == null ? null : path.split("\\?")[0];
            case "getParameter" -> path.contains("?id=") ? path.substring(path.indexOf('=') + 1) : null;
            case "getContextPath" -> "";
            case "getServletPath" -> "/srp";
            case "getRemoteAddr" -> address;
            case "isSecure" -> secure;
            case "isAsyncSupported" -> true;
            case "startAsync" -> output.context();
            case "getContentType" -> sent.get("Content-Type");
            case "getHeader" -> sent.get((String) arguments[0]);
            case "getInputStream" -> input();
            default -> throw new UnsupportedOperationException(called);
        };
    }

    private Object response(String called, Object[] arguments) {
        switch (called) {
            case "setStatus" -> status = (int) arguments[0];
            case "setHeader" -> received.put((String) arguments[0], (String) arguments[1]);
            case "setContentType" -> received.put("Content-Type", (String) arguments[0]);
            case "setContentLength" -> received.put("Content-Length", arguments[0].toString());
            case "getOutputStream" -> {
                return output;
            }
            case "isCommitted" -> {
                return false;
            }
            default -> throw new UnsupportedOperationException(called);
        }
        return null;
    }

    private ServletInputStream input() {
        ByteArrayInputStream bytes = new ByteArrayInputStream(content);
        return new ServletInputStream() {
            @Override
            public boolean isFinished() {
                return bytes.available() == 0;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read() {
                return bytes.read();
            }
        };
    }

    int status() {
        return status;
    }

    /** Or null. */
    String header(String name) {
        return received.get(name);
    }

    String body() {
        return output.text();
    }

    JsonNode json() throws IOException {
        return new ObjectMapper().readTree(body());
    }
}
