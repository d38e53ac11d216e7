// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** A request and its answer. */
record Exchange(HttpServletRequest request, HttpServletResponse response) {

    static final String TEXT = "text/plain;charset=utf-8";
    static final String JSON = "application/json";

    /** What follows the page's own path, or null. */
    String path() {
        return request.getPathInfo();
    }

    /** The page's own path, as browsers see it. */
    String root() {
        return request.getContextPath() + request.getServletPath();
    }

    void text(int status, String line) throws IOException {
        answer(status, TEXT, (line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void json(int status, Object content) throws IOException {
        answer(status, JSON, Json.bytes(content));
    }

    /** Of the body, HEAD gets the length alone. */
    void answer(int status, String type, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(body.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
    }
}
