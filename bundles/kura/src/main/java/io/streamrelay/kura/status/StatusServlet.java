// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.status;

import io.streamrelay.api.StreamRelay;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Serves the page and its stylesheet, to who may see them and over ways that keep a password secret. */
final class StatusServlet extends HttpServlet {

    /** Beside the page. */
    private static final String STYLESHEET = "/style.css";

    private static final String TEXT = "text/plain;charset=utf-8";
    private static final String HTML = "text/html;charset=utf-8";
    private static final String CSS = "text/css;charset=utf-8";

    /** RFC 6585; the servlet API has no name for it. */
    private static final int TOO_MANY_REQUESTS = 429;

    /** As texts: a header may put a name here, which must not be looked up. */
    private static final Pattern LOOPBACK =
            Pattern.compile("127(\\.\\d{1,3}){3}|\\[?(::1|0:0:0:0:0:0:0:1)(%\\w+)?\\]?");

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cache-Control",
            "no-store");

    private final Guard guard;
    private final NodePage page;
    private final Supplier<StreamRelay> relay;
    private final byte[] stylesheet = stylesheet();

    /** @param relay the node, or null while there is none */
    StatusServlet(Guard guard, NodePage page, Supplier<StreamRelay> relay) {
        this.guard = guard;
        this.page = page;
        this.relay = relay;
    }

    private static byte[] stylesheet() {
        try (InputStream in = StatusServlet.class.getResourceAsStream("style.css")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HEADERS.forEach(response::setHeader);
        Exchange exchange = new Exchange(request, response);
        String method = request.getMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            exchange.answer(HttpServletResponse.SC_METHOD_NOT_ALLOWED, TEXT, "This page can only be read.\n");
        } else if (!request.isSecure() && !isNear(request)) {
            // Before anybody is asked for a password, which would go over the line as it is.
            exchange.answer(
                    HttpServletResponse.SC_FORBIDDEN, TEXT, "This page is shown over https alone: use https.\n");
        } else {
            look(exchange);
        }
    }

    /** Who only claims to be near, which Kura's web server believes, gives away nobody's password but his own. */
    private static boolean isNear(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        return address != null && LOOPBACK.matcher(address).matches();
    }

    private void look(Exchange exchange) throws IOException {
        switch (guard.look(exchange.request().getHeader("Authorization"))) {
            case ADMITTED -> show(exchange);
            case UNKNOWN -> {
                exchange.response().setHeader("WWW-Authenticate", "Basic realm=\"Streamrelay\", charset=\"UTF-8\"");
                exchange.answer(
                        HttpServletResponse.SC_UNAUTHORIZED, TEXT, "This page asks for a user and a password.\n");
            }
            case CLOSED -> {
                exchange.response().setHeader("Retry-After", Long.toString(guard.secondsLeft()));
                exchange.answer(TOO_MANY_REQUESTS, TEXT, "Too many logins have failed: try again later.\n");
            }
        }
    }

    private void show(Exchange exchange) throws IOException {
        HttpServletRequest request = exchange.request();
        String path = request.getPathInfo();
        if (path == null || path.equals("/")) {
            String own = request.getContextPath() + request.getServletPath();
            exchange.answer(HttpServletResponse.SC_OK, HTML, page.html(relay.get(), own + STYLESHEET));
        } else if (path.equals(STYLESHEET)) {
            exchange.answer(HttpServletResponse.SC_OK, CSS, stylesheet);
        } else {
            exchange.answer(HttpServletResponse.SC_NOT_FOUND, TEXT, "There is no such page.\n");
        }
    }

    private record Exchange(HttpServletRequest request, HttpServletResponse response) {

        void answer(int status, String type, String text) throws IOException {
            answer(status, type, text.getBytes(StandardCharsets.UTF_8));
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
}
